package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** Accounts. */
public final class Accounts {
    public static final Index<String, AccountId, Account> BY_NAME =
            new Index<>("account by name", account -> Optional.of(account.name()));

    public static final Table<AccountId, Account> TABLE = Table.named("accounts", Account::id)
            .keyText("id", account -> account.id().value())
            .text("name", Account::name)
            .number("max_vms", account -> (long) account.maxVms())
            .time("created_millis", Account::createdAt)
            .index(BY_NAME)
            .readBy(row -> new Account(
                    new AccountId(row.text("id")),
                    row.text("name"),
                    (int) row.number("max_vms"),
                    row.time("created_millis")));

    private Accounts() {}
}
