package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.store.Index;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;

/** Placement groups. */
public final class PlacementGroups {
    public static final Index<Name, PlacementGroupId, PlacementGroup> BY_NAME =
            new Index<>("placement group by name", group -> Optional.of(new Name(group.account(), group.name())));
    public static final Index<AccountId, PlacementGroupId, PlacementGroup> BY_ACCOUNT =
            new Index<>("placement group by account", group -> Optional.of(group.account()));

    public static final Table<PlacementGroupId, PlacementGroup> TABLE = Table.named(
                    "placement_groups", PlacementGroup::id)
            .keyNumber("id", group -> group.id().value())
            .text("account", group -> group.account().value())
            .text("name", PlacementGroup::name)
            .text("strategy", group -> group.strategy().name())
            .time("created_millis", PlacementGroup::createdAt)
            .index(BY_NAME)
            .index(BY_ACCOUNT)
            .readBy(row -> new PlacementGroup(
                    new PlacementGroupId(row.number("id")),
                    new AccountId(row.text("account")),
                    row.text("name"),
                    PlacementGroup.Strategy.valueOf(row.text("strategy")),
                    row.time("created_millis")));

    private PlacementGroups() {}

    /** A name is one account's own. */
    public record Name(AccountId account, String name) {}

    /** The account goes. */
    public static void removeAll(Transaction tx, AccountId account) {
        tx.state().by(BY_ACCOUNT, TABLE, account).toList().forEach(group -> tx.remove(TABLE, group.id()));
    }
}
