package xenith.engine.port;

import java.util.UUID;
import xenith.engine.model.HostId;

/**
 * How a driver reaches one host.
 *
 * @param cloud this cloud's UUID, which every domain, clone and network entry of ours carries
 */
public record HostEndpoint(HostId host, String name, String uri, UUID cloud) {}
