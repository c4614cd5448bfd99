package xenith.engine.model;

/** The number of an operation; later operations have higher numbers. Positive. */
public record OperationId(long value) implements Comparable<OperationId> {
    public OperationId {
        Checks.atLeast("operation id", value, 1);
    }

    @Override
    public int compareTo(OperationId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
