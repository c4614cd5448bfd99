package xenith.gateway.ec2.tables;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;

/** Tags. */
public final class Tags {
    public static final Index<AccountId, TagEntry.Key, TagEntry> BY_ACCOUNT =
            new Index<>("tag by account", tag -> Optional.of(tag.account()));
    public static final Index<String, TagEntry.Key, TagEntry> BY_RESOURCE =
            new Index<>("tag by resource", tag -> Optional.of(tag.resource()));

    public static final Table<TagEntry.Key, TagEntry> TABLE = Table.named("ec2_tags", TagEntry::id)
            .keyText("account", tag -> tag.account().value())
            .keyText("resource", TagEntry::resource)
            .keyText("tag_key", TagEntry::key)
            .text("tag_value", TagEntry::value)
            .index(BY_ACCOUNT)
            .index(BY_RESOURCE)
            .readBy(row -> new TagEntry(
                    new AccountId(row.text("account")),
                    row.text("resource"),
                    row.text("tag_key"),
                    row.text("tag_value")));

    private Tags() {}

    /** What the account has written on the resource, by key. */
    public static List<TagEntry> of(Snapshot state, AccountId account, String resource) {
        return state.by(BY_RESOURCE, TABLE, resource)
                .filter(tag -> tag.account().equals(account))
                .sorted(Comparator.comparing(TagEntry::key))
                .toList();
    }

    /** Removes what anybody has written on a resource that goes. */
    public static void removeAll(Transaction tx, String resource) {
        tx.state().by(BY_RESOURCE, TABLE, resource).toList().forEach(tag -> tx.remove(TABLE, tag.id()));
    }
}
