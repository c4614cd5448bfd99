package xenith.engine.model;

/** Checks that records make of their components; the message names the component, its value and the limit. */
public final class Checks {
    private Checks() {}

    /** @throws IllegalArgumentException when the value is below the limit */
    public static void atLeast(String name, long value, long limit) {
        if (value < limit) {
            throw new IllegalArgumentException(name + " " + value + " is below " + limit);
        }
    }

    /** @throws IllegalArgumentException when the value is blank, or longer than the limit in characters */
    public static void text(String name, String value, int limitChars) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        bounded(name, value, limitChars);
    }

    /** @throws IllegalArgumentException when the value is longer than the limit in characters */
    public static void bounded(String name, String value, int limitChars) {
        if (value.length() > limitChars) {
            throw new IllegalArgumentException(
                    name + " has " + value.length() + " characters, more than " + limitChars);
        }
    }
}
