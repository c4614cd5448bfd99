package xenith.engine.model;

import java.time.Instant;

/** Somebody, or some program, that acts in the name of an account. Names are unique in the cloud. */
public record User(UserId id, AccountId account, String name, Role role, boolean enabled, Instant createdAt) {
    public User {
        Checks.text("user name", name, 64);
    }
}
