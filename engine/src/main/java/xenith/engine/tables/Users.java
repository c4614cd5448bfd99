package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** Users. */
public final class Users {
    public static final Index<String, UserId, User> BY_NAME =
            new Index<>("user by name", user -> Optional.of(user.name()));
    public static final Index<AccountId, UserId, User> BY_ACCOUNT =
            new Index<>("user by account", user -> Optional.of(user.account()));

    public static final Table<UserId, User> TABLE = Table.named("users", User::id)
            .keyNumber("id", user -> user.id().value())
            .text("account", user -> user.account().value())
            .text("name", User::name)
            .text("role_", user -> user.role().name())
            .flag("enabled", User::enabled)
            .time("created_millis", User::createdAt)
            .index(BY_NAME)
            .index(BY_ACCOUNT)
            .readBy(row -> new User(
                    new UserId(row.number("id")),
                    new AccountId(row.text("account")),
                    row.text("name"),
                    Role.valueOf(row.text("role_")),
                    row.flag("enabled"),
                    row.time("created_millis")));

    private Users() {}
}
