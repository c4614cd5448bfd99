package xenith.gateway.ec2.tables;

import java.util.List;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** How long the ids are that users want; those who have not said get what the cloud gives. */
public final class IdFormats {
    public static final String IMAGE = "image";
    public static final String INSTANCE = "instance";
    public static final String RESERVATION = "reservation";

    /** Everything whose ids come in two lengths. */
    public static final List<String> KINDS = List.of(IMAGE, INSTANCE, RESERVATION);

    public static final Table<IdFormatEntry.Key, IdFormatEntry> TABLE = Table.named(
                    "ec2_id_formats", IdFormatEntry::key)
            .keyNumber("user_id", entry -> entry.user().value())
            .keyText("kind", IdFormatEntry::kind)
            .flag("long_ids", IdFormatEntry::longIds)
            .readBy(row ->
                    new IdFormatEntry(new UserId(row.number("user_id")), row.text("kind"), row.flag("long_ids")));

    private IdFormats() {}

    /** What makes that user's ids of that kind. */
    public static Ec2Ids idsFor(Snapshot state, UserId user, String kind, Ec2Ids clouds) {
        return state.find(TABLE, new IdFormatEntry.Key(user, kind))
                .map(entry -> clouds.of(entry.longIds() ? Ec2Ids.Length.LONG : Ec2Ids.Length.SHORT))
                .orElse(clouds);
    }
}
