package xenith.engine.operation;

import java.time.Instant;
import xenith.engine.model.Capacity;

/**
 * How a host was when it last answered. Not durable: it is asked again all the time.
 *
 * @param free what was physically free
 * @param domains how many were active, foreign ones included
 */
public record HostUsage(Instant at, Capacity total, Capacity free, int domains) {}
