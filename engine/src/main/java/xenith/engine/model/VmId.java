package xenith.engine.model;

/** The engine's number of a virtual machine, never given twice. Positive. */
public record VmId(long value) implements Comparable<VmId> {
    public VmId {
        Checks.atLeast("vm id", value, 1);
    }

    @Override
    public int compareTo(VmId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
