package xenith.engine.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One durable piece of driver work. Operations of one host are done one after another in the order of their numbers, moves
 * beside the others.
 *
 * @param attempt how often it was handed to a driver, 0 before the first time
 * @param target where to, for a migration
 * @param notBefore see the statuses
 * @param lastError what the last attempt failed with; empty before
 */
public record Operation(
        OperationId id,
        VmId vm,
        HostId host,
        Optional<HostId> target,
        Work kind,
        OperationStatus status,
        int attempt,
        Instant createdAt,
        Instant notBefore,
        String lastError) {
    private static final int MAX_ERROR_CHARS = 1000;

    public Operation {
        if (lastError.length() > MAX_ERROR_CHARS) {
            lastError = lastError.substring(0, MAX_ERROR_CHARS);
        }
    }

    /** The same work on another host, from its beginning. */
    public Operation movedTo(HostId newHost, Instant now) {
        return new Operation(id, vm, newHost, target, kind, OperationStatus.QUEUED, 0, createdAt, now, lastError);
    }

    public Operation with(OperationStatus newStatus, int newAttempt, Instant newNotBefore, String newError) {
        return new Operation(id, vm, host, target, kind, newStatus, newAttempt, createdAt, newNotBefore, newError);
    }
}
