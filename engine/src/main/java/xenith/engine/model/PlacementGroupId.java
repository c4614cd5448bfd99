package xenith.engine.model;

/** The engine's number of a placement group. Positive. */
public record PlacementGroupId(long value) implements Comparable<PlacementGroupId> {
    public PlacementGroupId {
        Checks.atLeast("placement group id", value, 1);
    }

    @Override
    public int compareTo(PlacementGroupId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
