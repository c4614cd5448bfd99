package xenith.gateway.ec2.tables;

import xenith.engine.model.AccountId;
import xenith.engine.model.Checks;

/**
 * What an account has written on a resource. On a shared image every account has tags of its own.
 *
 * @param resource the resource's EC2 id
 */
public record TagEntry(AccountId account, String resource, String key, String value) {
    public static final int MAX_KEY_CHARS = 127;
    public static final int MAX_VALUE_CHARS = 256;

    public TagEntry {
        Checks.text("tag key", key, MAX_KEY_CHARS);
        Checks.bounded("tag value", value, MAX_VALUE_CHARS);
    }

    /** What identifies a tag. */
    public record Key(AccountId account, String resource, String key) {}

    public Key id() {
        return new Key(account, resource, key);
    }
}
