package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** What EC2 calls placement groups. */
public final class PlacementGroupIds {
    public static final String PREFIX = "pg";

    public static final Index<PlacementGroupId, String, PlacementGroupEntry> BY_GROUP =
            new Index<>("EC2 placement group by group", entry -> Optional.of(entry.group()));

    public static final Table<String, PlacementGroupEntry> TABLE = Table.named(
                    "ec2_placement_groups", PlacementGroupEntry::id)
            .keyText("id", PlacementGroupEntry::id)
            .number("placement_group", entry -> entry.group().value())
            .index(BY_GROUP)
            .readBy(row ->
                    new PlacementGroupEntry(row.text("id"), new PlacementGroupId(row.number("placement_group"))));

    private PlacementGroupIds() {}

    public static Optional<String> idOf(Snapshot state, PlacementGroupId group) {
        return state.by(BY_GROUP, TABLE, group).map(PlacementGroupEntry::id).findFirst();
    }
}
