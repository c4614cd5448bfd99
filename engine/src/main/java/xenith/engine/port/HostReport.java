package xenith.engine.port;

import xenith.engine.model.Capacity;
import xenith.engine.model.HostFacts;

/**
 * What a host says of itself.
 *
 * @param total what of the host can be given to guests
 * @param free what is physically free now
 */
public record HostReport(HostFacts facts, Capacity total, Capacity free) {}
