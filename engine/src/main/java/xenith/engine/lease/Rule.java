package xenith.engine.lease;

import java.util.EnumSet;
import java.util.Set;

/** Where this scheduler decides otherwise than its ancestor, and why; without any of them it decides as Haizea did. */
public enum Rule {
    /** Only what may be preempted is. Haizea reads the mark {@code preemptible} and does not look at it. */
    KEEP_WHAT_IS_NOT_PREEMPTIBLE,
    /**
     * Of those that may be preempted the youngest go first, and only those without which there is no room. Haizea means to
     * take the youngest, takes the oldest, and suspends all that it has tried, also on nodes that it does not need.
     */
    PREEMPT_NO_MORE_THAN_NEEDED,
    /**
     * A lease is suspended only if there is time for it from now on; one that has not started yet is put off. Haizea
     * books suspensions in the past, which then never happen, or stops.
     */
    SUSPEND_ONLY_IN_TIME,
    /** A lease goes where it can stay to its end, before where it would have to be suspended. Haizea takes the first. */
    STAY_BEFORE_SUSPENDING,
    /** What a lease asked for it runs. Haizea shuts it down earlier if only the shutdown would not fit any more. */
    RUN_THE_WHOLE_TIME,
    /**
     * A lease that holds a place in the future starts as soon as there is room, whatever made it, and never later than it
     * was told. Haizea looks again only after an early end, for all of them, and may give them later places.
     */
    EARLIER_WHENEVER_POSSIBLE,
    /** Openings in the future are tried in the order of time. Haizea's order is that of ends without shutdowns. */
    OPENINGS_IN_ORDER,
    /** Suspending several machines of one node takes their memory once. Haizea takes it as often as there are machines. */
    MEMORY_COUNTS_ONCE,
    /** A suspended lease may go on at once where its memory is. Haizea always plans the time to move it. */
    RESUME_IN_PLACE,
    /**
     * What it takes to move a suspended lease is estimated from above. Haizea reckons with one round of moves and plans as
     * many as are needed, also into the time after the resumption.
     */
    MIGRATE_IN_TIME,
    /**
     * A transfer goes with the lease that it was for, and leases that share one are ready with it. Haizea keeps the
     * transfers of leases that were put off, and leases that share one fail at their start.
     */
    TRANSFERS_FOLLOW_LEASES,
    /**
     * A reservation whose image cannot come in time is rejected, and transfers end before their deadline. Haizea books
     * them in the past, or behind a later lease's.
     */
    TRANSFERS_IN_TIME,
    /** What would not fit into an empty site, or begins in the past, is rejected when it comes. Haizea stops. */
    REJECT_THE_IMPOSSIBLE,
    /** An immediate lease runs in one piece or is rejected. Haizea suspends it for reservations, and forgets it then. */
    IMMEDIATE_IN_ONE_PIECE,
    /** Leases keep the ids that the trace gives them and come in the order of their arrival. Haizea counts lines. */
    TRACE_IDS,
    /** Leases with a deadline are placed to meet it. Haizea's greedy mapper reserves their exact start. */
    DEADLINES;

    /** @return none: decides as Haizea did */
    public static Set<Rule> haizea() {
        return EnumSet.noneOf(Rule.class);
    }

    public static Set<Rule> xenith() {
        return EnumSet.allOf(Rule.class);
    }
}
