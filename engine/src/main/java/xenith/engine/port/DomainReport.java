package xenith.engine.port;

import java.util.Optional;
import java.util.UUID;

/**
 * A domain as its host shows it.
 *
 * @param cloud the cloud that started it, from its metadata; empty for a domain of nobody's cloud
 * @param operation the operation that started it, 0 when unknown
 */
public record DomainReport(UUID uuid, String name, DomainState state, Optional<UUID> cloud, long operation) {
    public boolean belongsTo(UUID someCloud) {
        return cloud.isPresent() && cloud.get().equals(someCloud);
    }
}
