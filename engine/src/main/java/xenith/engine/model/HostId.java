package xenith.engine.model;

/** The engine's number of a host, never given twice. Positive. */
public record HostId(long value) implements Comparable<HostId> {
    public HostId {
        Checks.atLeast("host id", value, 1);
    }

    @Override
    public int compareTo(HostId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
