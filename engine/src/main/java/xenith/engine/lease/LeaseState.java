package xenith.engine.lease;

import java.util.Set;

/** Where a lease stands. What may follow what is the ancestor's table. */
public enum LeaseState {
    PENDING,
    REJECTED,
    QUEUED,
    /** Has its place, and what it boots has yet to come. */
    SCHEDULED,
    PREPARING,
    /** Has its place, and what it boots is there. */
    READY,
    ACTIVE,
    SUSPENDING,
    SUSPENDED_PENDING,
    SUSPENDED_QUEUED,
    SUSPENDED_SCHEDULED,
    RESUMING,
    RESUMED_READY,
    DONE;

    private static final Set<LeaseState> NEVER_RAN = Set.of(SCHEDULED, PREPARING, READY);

    /** @param transfersCanBeCancelled whether a lease whose image is on its way may go back into the queue */
    boolean mayBecome(LeaseState next, boolean transfersCanBeCancelled) {
        return switch (this) {
            case PENDING -> next == SCHEDULED || next == QUEUED || next == REJECTED;
            case SCHEDULED -> next == PREPARING || next == QUEUED || next == PENDING || next == READY;
            case QUEUED -> next == SCHEDULED;
            case PREPARING -> next == READY || next == PENDING || (transfersCanBeCancelled && next == QUEUED);
            case READY -> next == ACTIVE || next == QUEUED || next == PENDING;
            case ACTIVE -> next == SUSPENDING || next == QUEUED || next == DONE;
            case SUSPENDING -> next == SUSPENDED_PENDING;
            case SUSPENDED_PENDING -> next == SUSPENDED_QUEUED || next == SUSPENDED_SCHEDULED;
            case SUSPENDED_QUEUED -> next == SUSPENDED_SCHEDULED;
            case SUSPENDED_SCHEDULED -> next == SUSPENDED_QUEUED || next == SUSPENDED_PENDING || next == RESUMING;
            case RESUMING -> next == RESUMED_READY;
            case RESUMED_READY -> next == ACTIVE;
            case DONE, REJECTED -> false;
        };
    }

    /** Whether it has been suspended and waits for its machines to go on. */
    boolean isSuspended() {
        return this == SUSPENDED_PENDING || this == SUSPENDED_QUEUED || this == SUSPENDED_SCHEDULED;
    }

    /** Whether it has a place in the future and has not run yet. */
    boolean awaitsFirstStart() {
        return NEVER_RAN.contains(this);
    }
}
