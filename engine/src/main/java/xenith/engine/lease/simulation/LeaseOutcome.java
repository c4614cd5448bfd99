package xenith.engine.lease.simulation;

import java.util.OptionalLong;
import xenith.engine.lease.LeaseRequest;

/**
 * What became of a lease.
 *
 * @param startMillis when its machines first ran
 * @param endMillis when it was over
 * @param ranMillis how long its machines ran, all stays together
 */
public record LeaseOutcome(
        LeaseRequest request,
        OptionalLong startMillis,
        OptionalLong endMillis,
        long ranMillis,
        boolean rejected,
        int suspensions,
        int migrations,
        int requeues) {
    /** Shorter runs count as this long, so that they do not decide the mean. */
    private static final long SLOWDOWN_BOUND_MILLIS = 10_000;

    /** How long it waited for its first start. */
    public OptionalLong waitMillis() {
        return startMillis.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(startMillis.getAsLong() - request.arrivalMillis());
    }

    /** From its arrival to its end, as a multiple of what it ran; at least 1, and 0 if it has not ended. */
    public double boundedSlowdown() {
        if (endMillis.isEmpty()) {
            return 0;
        }
        long took = endMillis.getAsLong() - request.arrivalMillis();
        return Math.max(1, took / (double) Math.max(ranMillis, SLOWDOWN_BOUND_MILLIS));
    }
}
