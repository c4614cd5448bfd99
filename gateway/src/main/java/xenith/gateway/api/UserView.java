package xenith.gateway.api;

import java.time.Instant;
import java.util.Optional;
import xenith.engine.model.Account;
import xenith.engine.model.User;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Accounts;

/** A user in JSON. */
record UserView(
        long id,
        String name,
        String accountId,
        Optional<String> account,
        String role,
        boolean enabled,
        Instant createdAt) {
    static UserView of(Snapshot state, User user) {
        return new UserView(
                user.id().value(),
                user.name(),
                user.account().value(),
                state.find(Accounts.TABLE, user.account()).map(Account::name),
                Words.of(user.role()),
                user.enabled(),
                user.createdAt());
    }
}
