package xenith.engine.lease;

import java.util.Map;

/**
 * Resources of some nodes, promised to one lease from a time on (included) until another (not included). Two slots are
 * the same only if they are one: what takes the same at the same time is promised twice.
 */
public final class Slot {
    private final SlotKind kind;
    private final int lease;
    private final long startMillis;
    private final long endMillis;
    private final Map<Integer, Amounts> use;

    /** @param use by node */
    public Slot(SlotKind kind, int lease, long startMillis, long endMillis, Map<Integer, Amounts> use) {
        this.kind = kind;
        this.lease = lease;
        this.startMillis = startMillis;
        this.endMillis = endMillis;
        this.use = Map.copyOf(use);
    }

    /** The same for another time. */
    Slot during(long start, long end) {
        return new Slot(kind, lease, start, end, use);
    }

    public SlotKind kind() {
        return kind;
    }

    public int lease() {
        return lease;
    }

    public long startMillis() {
        return startMillis;
    }

    public long endMillis() {
        return endMillis;
    }

    /** What is taken, by node. */
    public Map<Integer, Amounts> use() {
        return use;
    }

    /** Whether it takes no time, and therefore nothing. */
    boolean isMoment() {
        return startMillis == endMillis;
    }

    @Override
    public String toString() {
        return kind + " of lease " + lease + ", " + startMillis + " to " + endMillis + ", " + use;
    }
}
