package xenith.engine.lease;

/** When a lease's machines are wanted. */
public enum LeaseKind {
    /** As soon as there is room; it waits in the queue until then. */
    BEST_EFFORT,
    /** At its exact time or not at all. */
    ADVANCE_RESERVATION,
    /** Now or not at all. */
    IMMEDIATE,
    /** Any time from its start on, as long as it is done by its deadline. */
    DEADLINE
}
