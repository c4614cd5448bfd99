package xenith.drivers.sim;

/**
 * How a simulated world behaves.
 *
 * @param latency of every call
 * @param bootMillis from a guest's start until it has said all that it says on its console
 * @param shutdownMillis from the request until the guest is gone
 * @param crashAfterMillis from the start of a guest that crashes until it does
 * @param compactAfterBytes how long the journal may grow before it is written anew, and again by as much as it then
 *     held; 4096 or more
 * @param faults of every host that has none of its own
 */
public record SimSettings(
        SimLatency latency,
        long bootMillis,
        long shutdownMillis,
        long crashAfterMillis,
        long compactAfterBytes,
        SimFaults faults) {
    private static final long MIN_JOURNAL_BYTES = 4096;
    /** Hosts that answer as fast as they can. */
    public static final SimSettings QUICK = new SimSettings(SimLatency.NONE, 0, 0, 100, 64 << 20, SimFaults.NONE);
    /** Hosts that take about as long as real ones do. */
    public static final SimSettings LIFELIKE =
            new SimSettings(new SimLatency(5, 50, 0.01, 500), 4_000, 2_000, 10_000, 64 << 20, SimFaults.NONE);

    public SimSettings {
        if (bootMillis < 0 || shutdownMillis < 0 || crashAfterMillis < 0) {
            throw new IllegalArgumentException("times of guests " + bootMillis + ", " + shutdownMillis + ", "
                    + crashAfterMillis + " milliseconds: none may be below 0");
        }
        if (compactAfterBytes < MIN_JOURNAL_BYTES) {
            throw new IllegalArgumentException(
                    "compactAfterBytes " + compactAfterBytes + " is below " + MIN_JOURNAL_BYTES);
        }
    }

    public SimSettings withFaults(SimFaults others) {
        return new SimSettings(latency, bootMillis, shutdownMillis, crashAfterMillis, compactAfterBytes, others);
    }

    public SimSettings withLatency(SimLatency other) {
        return new SimSettings(other, bootMillis, shutdownMillis, crashAfterMillis, compactAfterBytes, faults);
    }
}
