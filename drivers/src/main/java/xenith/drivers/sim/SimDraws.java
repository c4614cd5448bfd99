package xenith.drivers.sim;

import java.util.SplittableRandom;

/**
 * What chance brings one call: the same for the same seed, host and number of the call. All is drawn at once, so that
 * one fault's chance does not move another's draws. A fault happens when its draw, 0 to 1, is below its chance.
 */
record SimDraws(double fails, double losesAnswer, double late, double guestCrashes, long latencyMillis) {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    static SimDraws of(long seed, String host, long call, SimLatency latency) {
        SplittableRandom random =
                new SplittableRandom(seed * GOLDEN_GAMMA ^ (long) host.hashCode() << 32 ^ call * GOLDEN_GAMMA);
        return new SimDraws(
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                latency.drawMillis(random));
    }
}
