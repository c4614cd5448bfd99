package xenith.engine.port;

import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.HostId;

/**
 * How a driver reaches one host.
 *
 * @param migrationAddress where other hosts send a domain's memory to: a name or an address, perhaps with a port; empty
 *     where they find it by its own name
 * @param cloud this cloud's UUID, which every domain, clone and network entry of ours carries
 */
public record HostEndpoint(HostId host, String name, String uri, Optional<String> migrationAddress, UUID cloud) {}
