package xenith.engine.model;

/** An account's number: twelve decimal digits, as EC2's clients expect of an owner id. */
public record AccountId(String value) {
    private static final int DIGITS = 12;

    public AccountId {
        if (value.length() != DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("account id '" + value + "' is not " + DIGITS + " digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
