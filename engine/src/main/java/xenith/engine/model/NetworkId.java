package xenith.engine.model;

/** The engine's number of a virtual network. Positive. */
public record NetworkId(long value) implements Comparable<NetworkId> {
    public NetworkId {
        Checks.atLeast("network id", value, 1);
    }

    @Override
    public int compareTo(NetworkId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
