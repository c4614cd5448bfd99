package xenith.gateway.ec2.tables;

import xenith.engine.model.Checks;
import xenith.engine.model.UserId;

/**
 * How long the ids are that are made for a user.
 *
 * @param kind of what the ids name, in EC2's words: {@code instance}
 */
public record IdFormatEntry(UserId user, String kind, boolean longIds) {
    public IdFormatEntry {
        Checks.text("kind", kind, 32);
    }

    /** What identifies an entry. */
    public record Key(UserId user, String kind) {}

    public Key key() {
        return new Key(user, kind);
    }
}
