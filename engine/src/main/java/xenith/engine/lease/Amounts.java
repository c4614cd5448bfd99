package xenith.engine.lease;

import java.util.Arrays;

/** How much of each of a site's resources; which resource stands where is told by {@link ResourceTypes}. Immutable. */
public final class Amounts {
    private final long[] values;

    private Amounts(long[] values) {
        this.values = values;
    }

    public static Amounts of(long... values) {
        return new Amounts(values.clone());
    }

    /** @param size how many resources there are */
    public static Amounts none(int size) {
        return new Amounts(new long[size]);
    }

    public int size() {
        return values.length;
    }

    public long get(int index) {
        return values[index];
    }

    public Amounts plus(Amounts more) {
        long[] sum = values.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += more.values[index];
        }
        return new Amounts(sum);
    }

    /** May go below zero: whoever takes more than there is shows as a lack. */
    public Amounts minus(Amounts less) {
        long[] rest = values.clone();
        for (int index = 0; index < rest.length; index++) {
            rest[index] -= less.values[index];
        }
        return new Amounts(rest);
    }

    /** The lesser of both, resource by resource. */
    public Amounts least(Amounts other) {
        long[] least = values.clone();
        for (int index = 0; index < least.length; index++) {
            least[index] = Math.min(least[index], other.values[index]);
        }
        return new Amounts(least);
    }

    public boolean fitsIn(Amounts room) {
        for (int index = 0; index < values.length; index++) {
            if (values[index] > room.values[index]) {
                return false;
            }
        }
        return true;
    }

    /** Whether of any resource there is less than there. */
    public boolean anyBelow(Amounts other) {
        return !other.fitsIn(this);
    }

    /** How many times this fits into the room, at most the given number. */
    int timesIn(Amounts room, int most) {
        long times = most;
        for (int index = 0; index < values.length; index++) {
            if (room.values[index] < 0 && values[index] >= 0) {
                return 0;
            }
            if (values[index] > 0) {
                times = Math.min(times, room.values[index] / values[index]);
            }
        }
        return (int) times;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts amounts && Arrays.equals(values, amounts.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
