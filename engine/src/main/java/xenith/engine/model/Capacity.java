package xenith.engine.model;

/**
 * An amount of a host's means, held or offered.
 *
 * @param cpu hundredths of a core, 0 or more
 * @param memoryMib 0 or more
 * @param diskMib 0 or more
 */
public record Capacity(long cpu, long memoryMib, long diskMib) {
    public static final Capacity NONE = new Capacity(0, 0, 0);

    public Capacity {
        Checks.atLeast("cpu", cpu, 0);
        Checks.atLeast("memoryMib", memoryMib, 0);
        Checks.atLeast("diskMib", diskMib, 0);
    }

    public Capacity plus(Capacity other) {
        return new Capacity(cpu + other.cpu, memoryMib + other.memoryMib, diskMib + other.diskMib);
    }

    /** What is left of this after the other is taken away; never below zero in any part. */
    public Capacity minus(Capacity other) {
        return new Capacity(
                Math.max(0, cpu - other.cpu),
                Math.max(0, memoryMib - other.memoryMib),
                Math.max(0, diskMib - other.diskMib));
    }

    /** The larger of both in each part. */
    public Capacity atLeast(Capacity other) {
        return new Capacity(
                Math.max(cpu, other.cpu), Math.max(memoryMib, other.memoryMib), Math.max(diskMib, other.diskMib));
    }

    /** The part that a machine gives back while it is off. */
    public Capacity withoutDisk() {
        return new Capacity(cpu, memoryMib, 0);
    }

    public boolean fitsInto(Capacity room) {
        return cpu <= room.cpu && memoryMib <= room.memoryMib && diskMib <= room.diskMib;
    }

    /** How many of this fit side by side into the room. */
    public long timesInto(Capacity room) {
        return Math.min(parts(room.cpu, cpu), Math.min(parts(room.memoryMib, memoryMib), parts(room.diskMib, diskMib)));
    }

    private static long parts(long room, long one) {
        return one == 0 ? Long.MAX_VALUE : room / one;
    }

    @Override
    public String toString() {
        return "cpu " + cpu + ", memory " + memoryMib + " MiB, disk " + diskMib + " MiB";
    }
}
