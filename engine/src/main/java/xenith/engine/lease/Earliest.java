package xenith.engine.lease;

/**
 * When a lease's machines could start on a node.
 *
 * @param transferStartMillis when the image would start to come, if it has to
 * @param shared the transfer that brings it anyway, or null
 */
record Earliest(long millis, How how, long transferStartMillis, Transfer shared) {
    /** What it waits for. */
    enum How {
        NOTHING,
        MIGRATION,
        TRANSFER,
        /** A copy is there. */
        REUSE,
        /** Another lease's transfer brings it. */
        SHARED_TRANSFER
    }

    static Earliest now(long millis) {
        return new Earliest(millis, How.NOTHING, millis, null);
    }

    static Earliest afterMigration(long millis) {
        return new Earliest(millis, How.MIGRATION, millis, null);
    }
}
