package xenith.engine.lease;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A lease as it is asked for. Times count from the beginning of the trace, in milliseconds.
 *
 * @param machines what each of its machines takes; the first is machine 0
 * @param startMillis present for {@link LeaseKind#ADVANCE_RESERVATION} and {@link LeaseKind#DEADLINE}
 * @param durationMillis how long it may run
 * @param realDurationMillis how long it will run, if it ends before its time; schedulers may not look at it
 * @param deadlineMillis present for {@link LeaseKind#DEADLINE}
 * @param preemptible whether it may be suspended, or its start be put off, for others
 * @param image empty if its nodes have what it needs
 */
public record LeaseRequest(
        int id,
        LeaseKind kind,
        long arrivalMillis,
        List<Amounts> machines,
        OptionalLong startMillis,
        long durationMillis,
        OptionalLong realDurationMillis,
        OptionalLong deadlineMillis,
        boolean preemptible,
        Optional<DiskImage> image) {
    public static final int MAX_MACHINES = 100_000;

    /** @throws IllegalArgumentException naming the field, the value and the limit */
    public LeaseRequest {
        machines = List.copyOf(machines);
        check(id >= 1, "id", id, "below 1");
        check(arrivalMillis >= 0, "arrival", arrivalMillis, "below 0");
        check(!machines.isEmpty() && machines.size() <= MAX_MACHINES, "machines", machines.size(), "not 1 to 100000");
        check(durationMillis >= 1, "duration", durationMillis, "below 1");
        if (realDurationMillis.isPresent()) {
            check(realDurationMillis.getAsLong() >= 0, "real duration", realDurationMillis.getAsLong(), "below 0");
        }
        boolean exact = kind == LeaseKind.ADVANCE_RESERVATION || kind == LeaseKind.DEADLINE;
        if (startMillis.isPresent() != exact) {
            throw new IllegalArgumentException(
                    "a start time is " + (exact ? "needed" : "not possible") + " for " + kind);
        }
        if (deadlineMillis.isPresent() != (kind == LeaseKind.DEADLINE)) {
            throw new IllegalArgumentException("a deadline belongs to a lease with a start time and a deadline");
        }
    }

    private static void check(boolean holds, String field, long value, String wrong) {
        if (!holds) {
            throw new IllegalArgumentException(field + " " + value + " is " + wrong);
        }
    }
}
