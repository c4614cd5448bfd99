package xenith.engine.lease;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** A lease that the scheduler has taken on. */
final class Lease {
    private final LeaseRequest request;
    private final boolean transfersCanBeCancelled;
    private final Amounts smallest;
    private final Amounts total;
    private final boolean oneKind;
    private LeaseState state = LeaseState.PENDING;
    private long ranMillis;

    /** Its stays on nodes, the last one first: a lease that is put off while suspended is where it was before. */
    private final Deque<Stay> stays = new ArrayDeque<>();

    Lease(LeaseRequest request, boolean transfersCanBeCancelled) {
        this.request = request;
        this.smallest = request.machines().stream().reduce(Amounts::least).orElseThrow();
        this.oneKind = request.machines().stream().distinct().count() == 1;
        this.total = request.machines().stream().reduce(Amounts::plus).orElseThrow();
        this.transfersCanBeCancelled = transfersCanBeCancelled;
    }

    LeaseRequest request() {
        return request;
    }

    int id() {
        return request.id();
    }

    /** No machine of it takes less of anything. */
    Amounts smallest() {
        return smallest;
    }

    boolean isOfOneKind() {
        return oneKind;
    }

    /** What all of its machines take together. */
    Amounts total() {
        return total;
    }

    LeaseState state() {
        return state;
    }

    /** @throws LeaseFault if that cannot follow */
    void become(LeaseState next) {
        if (!state.mayBecome(next, transfersCanBeCancelled)) {
            throw new LeaseFault("lease " + id() + " is " + state + " and cannot become " + next);
        }
        state = next;
    }

    boolean isBestEffort() {
        return request.kind() == LeaseKind.BEST_EFFORT;
    }

    int machines() {
        return request.machines().size();
    }

    /** What it still has to run. */
    long remainingMillis() {
        return request.durationMillis() - ranMillis;
    }

    /** What it will really run, if that is known to be less than it asked for. */
    OptionalLong remainingRealMillis() {
        return request.realDurationMillis().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(request.realDurationMillis().getAsLong() - ranMillis);
    }

    void ran(long millis) {
        ranMillis += millis;
    }

    Stay stay() {
        return stays.getFirst();
    }

    boolean hasStay() {
        return !stays.isEmpty();
    }

    void begin(Stay stay) {
        stays.addFirst(stay);
    }

    void forget(Stay stay) {
        stays.remove(stay);
    }
}
