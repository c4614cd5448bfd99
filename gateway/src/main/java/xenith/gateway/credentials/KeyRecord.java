package xenith.gateway.credentials;

import java.time.Instant;
import java.util.Optional;
import xenith.engine.store.Index;
import xenith.engine.store.Table;
import xenith.security.AccessKey;

/** An access key and when it was added. */
public record KeyRecord(AccessKey key, Instant createdAt) {
    public static final Index<String, String, KeyRecord> BY_USER =
            new Index<>("access key by user", record -> Optional.of(record.key().userId()));

    public static final Table<String, KeyRecord> TABLE = Table.<String, KeyRecord>named(
                    "access_keys", record -> record.key().id())
            .keyText("id", record -> record.key().id())
            .text("encrypted_secret", record -> record.key().encryptedSecret())
            .text("account", record -> record.key().accountId())
            .text("user_id", record -> record.key().userId())
            .flag("enabled", record -> record.key().enabled())
            .time("created_millis", KeyRecord::createdAt)
            .index(BY_USER)
            .readBy(row -> new KeyRecord(
                    new AccessKey(
                            row.text("id"),
                            row.text("encrypted_secret"),
                            row.text("account"),
                            row.text("user_id"),
                            row.flag("enabled")),
                    row.time("created_millis")));
}
