package xenith.drivers.process;

/**
 * How long and how much is waited for.
 *
 * @param helloMillis for the answer to hello, from the program's start
 * @param quickMillis for the answer to a call that looks or changes little
 * @param longMillis for one that moves memory or disks; longer than the engine waits for any, so that it is the engine
 *     that decides
 * @param silentMillis after that long without a line from a program of which an answer is due, it is ended and started
 *     again
 * @param firstPauseMillis between a start of the program and the next, when it ended; doubled each time
 * @param maxPauseMillis what that grows to
 * @param stableMillis a program that ran so long is started again at once, and its next pause is the first again
 * @param endMillis how long a program may take to end itself once its standard input is closed, and again after TERM
 * @param maxCalls sent and not answered yet
 * @param maxLineBytes of a line in either direction, without its end
 */
record ProcessLimits(
        long helloMillis,
        long quickMillis,
        long longMillis,
        long silentMillis,
        long firstPauseMillis,
        long maxPauseMillis,
        long stableMillis,
        long endMillis,
        int maxCalls,
        int maxLineBytes) {
    /** A console's MiB in base64 fits into a line twice. */
    static final ProcessLimits STANDARD =
            new ProcessLimits(10_000, 60_000, 660_000, 180_000, 250, 30_000, 60_000, 2_000, 1_000, 4 << 20);
}
