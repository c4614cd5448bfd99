package xenith.engine.model;

/** The engine's number of a user. Positive. */
public record UserId(long value) implements Comparable<UserId> {
    public UserId {
        Checks.atLeast("user id", value, 1);
    }

    @Override
    public int compareTo(UserId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
