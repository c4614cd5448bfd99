package xenith.drivers.sim;

import java.util.random.RandomGenerator;

/**
 * How long hosts take to answer, in milliseconds: evenly between two limits, and now and then much longer.
 *
 * @param tailChance 0 to 1: how often an answer takes {@code tailMillis} instead
 */
public record SimLatency(long minMillis, long maxMillis, double tailChance, long tailMillis) {
    public static final SimLatency NONE = new SimLatency(0, 0, 0, 0);

    public SimLatency {
        if (minMillis < 0 || maxMillis < minMillis || tailMillis < 0) {
            throw new IllegalArgumentException(
                    "latency of " + minMillis + " to " + maxMillis + ", or " + tailMillis + " milliseconds");
        }
        SimFaults.chance("tailChance", tailChance);
    }

    long drawMillis(RandomGenerator random) {
        if (tailChance > 0 && random.nextDouble() < tailChance) {
            return tailMillis;
        }
        return minMillis == maxMillis ? minMillis : random.nextLong(minMillis, maxMillis + 1);
    }
}
