package xenith.engine.operation;

/**
 * Times and bounds of the engine's driver work. {@link #STANDARD} is right for real hosts; tests use shorter times.
 *
 * @param driverThreads how many driver calls run at once, over all hosts; and as many moves beside them
 * @param monitorThreads how many hosts are asked at once how they are
 * @param maxStuckThreads how many calls that never return are given up for new threads
 * @param callTimeoutMillis when a driver's answer counts as lost, if sooner than the operation's own limit
 * @param shutdownMillis how long a guest has to shut down before it is switched off
 * @param firstRetryMillis pause after a failed attempt; doubles with each further one
 * @param longestRetryMillis the longest such pause
 * @param pollMillis how often each host is asked how it is
 * @param quickCallMillis when an answer to a question, as for a console, counts as lost
 * @param tombstoneMillis how long an ended machine is remembered
 * @param launchMillis how long a host has to start a machine for the first time, before the machine is ended
 * @param bootMillis how long a guest's first boot is watched
 * @param cpuOvercommit how many hundredths of a core are promised for each that there is
 */
public record EngineSettings(
        int driverThreads,
        int monitorThreads,
        int maxStuckThreads,
        long callTimeoutMillis,
        long shutdownMillis,
        long firstRetryMillis,
        long longestRetryMillis,
        long pollMillis,
        long quickCallMillis,
        long tombstoneMillis,
        long launchMillis,
        long bootMillis,
        int cpuOvercommit) {
    public static final EngineSettings STANDARD = new EngineSettings(
            32, 16, 64, 900_000, 60_000, 500, 60_000, 5_000, 10_000, 24 * 3_600_000L, 600_000, 120_000, 8);

    /** The pause before the attempt after that many failed ones, 1 or more. */
    long retryMillis(int failedAttempts) {
        int doublings = Math.min(failedAttempts - 1, 20);
        return Math.min(longestRetryMillis, firstRetryMillis << doublings);
    }
}
