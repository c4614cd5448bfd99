package xenith.engine.tables;

import java.util.UUID;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** The cloud itself: one row. */
public record Cloud(UUID uuid) {
    private static final String ONLY = "this";

    public static final Table<String, Cloud> TABLE = Table.<String, Cloud>named("cloud", cloud -> ONLY)
            .keyText("id", cloud -> ONLY)
            .text("uuid", cloud -> cloud.uuid().toString())
            .readBy(row -> new Cloud(UUID.fromString(row.text("uuid"))));

    /** @throws IllegalStateException before the cloud's first start has given it one */
    public static UUID uuidOf(Snapshot state) {
        return state.find(TABLE, ONLY)
                .orElseThrow(() -> new IllegalStateException("the cloud has no UUID yet"))
                .uuid();
    }
}
