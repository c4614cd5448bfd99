package xenith.engine.model;

import java.time.Instant;

/** Owner of virtual machines, images and addresses. {@code maxVms} bounds what it may hold that has not ended. */
public record Account(AccountId id, String name, int maxVms, Instant createdAt) {
    public Account {
        Checks.text("account name", name, 64);
        Checks.atLeast("maxVms", maxVms, 0);
    }
}
