package xenith.gateway.credentials;

import java.time.Instant;
import xenith.engine.store.Table;

/**
 * A signed message that has changed something, and must not again.
 *
 * @param expires until when the message could be accepted by its age
 */
public record UsedDigest(String digest, Instant expires) {
    public static final Table<String, UsedDigest> TABLE = Table.named("replay_digests", UsedDigest::digest)
            .keyText("digest", UsedDigest::digest)
            .time("expires_millis", UsedDigest::expires)
            .readBy(row -> new UsedDigest(row.text("digest"), row.time("expires_millis")));
}
