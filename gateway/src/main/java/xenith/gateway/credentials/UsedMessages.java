package xenith.gateway.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.soap.VerifiedMessage;

/** The memory of signed messages that have changed something. Thread-safe. */
public final class UsedMessages {
    /** A unit of work stays short; what is left is for the next sweep. */
    private static final int MAX_SWEPT = 5_000;

    /** Rounding and clocks that are set back must not let a message in again. */
    private static final Duration KEPT_LONGER = Duration.ofMinutes(1);

    private final Store store;
    private final Clock clock;

    public UsedMessages(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Marks the message as used, in the unit of work of what it changes.
     *
     * @throws RefusedException {@code REPLAYED} when it is marked already
     */
    public static void mark(Transaction tx, VerifiedMessage message) {
        if (tx.find(UsedDigest.TABLE, message.digest()).isPresent()) {
            throw new RefusedException(Refusal.REPLAYED);
        }
        tx.put(UsedDigest.TABLE, new UsedDigest(message.digest(), message.acceptableUntil()));
    }

    /** Forgets messages that are too old to be accepted anyway. */
    public void sweep() {
        Instant latest = clock.instant().minus(KEPT_LONGER);
        List<String> old = store.state().all(UsedDigest.TABLE).stream()
                .filter(used -> used.expires().isBefore(latest))
                .limit(MAX_SWEPT)
                .map(UsedDigest::digest)
                .toList();
        if (!old.isEmpty()) {
            store.write(tx -> {
                old.forEach(digest -> tx.remove(UsedDigest.TABLE, digest));
                return null;
            });
        }
    }
}
