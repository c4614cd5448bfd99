package xenith.engine.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Whom a reservation may preempt: best-effort leases, the youngest best. */
final class Preemption {
    /** Leases that waited so long are left alone. */
    private static final long OLD_MILLIS = Duration.ofDays(7).toMillis();

    private final SchedulerSettings settings;
    private final Overheads overheads;

    Preemption(SchedulerSettings settings, Overheads overheads) {
        this.settings = settings;
        this.overheads = overheads;
    }

    /**
     * Those that may make room, in the order in which they are to be tried.
     *
     * @param there leases with slots in the time that is asked for, by ascending id
     * @param at when the room is needed
     */
    List<Integer> candidates(Lease preemptor, List<Lease> there, long at, long now) {
        if (preemptor.request().kind() != LeaseKind.ADVANCE_RESERVATION) {
            return List.of();
        }
        List<Lease> candidates = new ArrayList<>(there.stream()
                .filter(lease -> lease.isBestEffort() && mayMakeRoom(lease, at, now))
                .sorted(Comparator.comparingLong(
                                (Lease lease) -> lease.request().arrivalMillis())
                        .reversed())
                .toList());
        if (!settings.has(Rule.PREEMPT_NO_MORE_THAN_NEEDED)) {
            // The ancestor sorts the youngest to the front and takes from the back.
            Collections.reverse(candidates);
        }
        return candidates.stream().map(Lease::id).toList();
    }

    private boolean mayMakeRoom(Lease lease, long at, long now) {
        if (lease.request().arrivalMillis() <= at - OLD_MILLIS) {
            return false;
        }
        if (settings.has(Rule.KEEP_WHAT_IS_NOT_PREEMPTIBLE) && !lease.request().preemptible()) {
            return false;
        }
        return !settings.has(Rule.SUSPEND_ONLY_IN_TIME)
                || canBePutOff(lease, at, now)
                || canBeSuspended(lease, at, now);
    }

    /** Whether nothing of its stay has begun, so that it can go back into the queue. */
    boolean canBePutOff(Lease lease, long at, long now) {
        if (!lease.hasStay() || lease.stay().start() < at) {
            return false;
        }
        if (lease.stay().before().stream().anyMatch(slot -> slot.startMillis() <= now)) {
            return false;
        }
        return lease.state().awaitsFirstStart() || lease.state() == LeaseState.SUSPENDED_SCHEDULED;
    }

    private boolean canBeSuspended(Lease lease, long at, long now) {
        boolean runs = lease.state() == LeaseState.ACTIVE
                || lease.state().awaitsFirstStart()
                || lease.state() == LeaseState.SUSPENDED_SCHEDULED
                || lease.state() == LeaseState.RESUMING
                || lease.state() == LeaseState.RESUMED_READY;
        if (!runs || !lease.hasStay() || !maySuspend(lease)) {
            return false;
        }
        Stay stay = lease.stay();
        if (at <= stay.start() || at > stay.end()) {
            return false;
        }
        long begin = overheads.suspensions(stay, at).get(0).startMillis();
        return begin >= now && begin > stay.start() && at - stay.start() >= overheads.leastStayMillis(lease);
    }

    boolean maySuspend(Lease lease) {
        return switch (settings.suspension()) {
            case NONE -> false;
            case SERIAL -> lease.machines() == 1;
            case ALL -> true;
        };
    }
}
