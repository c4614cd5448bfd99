package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** Key pairs. */
public final class KeyPairs {
    public static final Index<AccountId, KeyPairEntry.Key, KeyPairEntry> BY_ACCOUNT =
            new Index<>("key pair by account", entry -> Optional.of(entry.account()));
    public static final Index<String, KeyPairEntry.Key, KeyPairEntry> BY_ID =
            new Index<>("key pair by id", entry -> Optional.of(entry.id()));

    public static final Table<KeyPairEntry.Key, KeyPairEntry> TABLE = Table.named("ec2_key_pairs", KeyPairEntry::key)
            .keyText("account", entry -> entry.account().value())
            .keyText("name", KeyPairEntry::name)
            .text("id", KeyPairEntry::id)
            .text("type", KeyPairEntry::type)
            .text("fingerprint", KeyPairEntry::fingerprint)
            .text("public_key", KeyPairEntry::publicKey)
            .time("created_millis", KeyPairEntry::createdAt)
            .index(BY_ACCOUNT)
            .index(BY_ID)
            .readBy(row -> new KeyPairEntry(
                    row.text("id"),
                    new AccountId(row.text("account")),
                    row.text("name"),
                    row.text("type"),
                    row.text("fingerprint"),
                    row.text("public_key"),
                    row.time("created_millis")));

    private KeyPairs() {}
}
