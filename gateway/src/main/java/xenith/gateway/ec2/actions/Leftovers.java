package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Users;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.tables.ClientToken;
import xenith.gateway.ec2.tables.ClientTokens;
import xenith.gateway.ec2.tables.IdFormatEntry;
import xenith.gateway.ec2.tables.IdFormats;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;
import xenith.gateway.ec2.tables.Tags;

/**
 * Rows that nobody needs any more: expired client tokens, names and tags of machines that the engine has forgotten, and
 * what users wanted who are gone. They are looked for now and then outside the unit of work, since that walks whole
 * tables, and go with the next launch: few others add such rows, so they stay bounded without a thread of their own.
 * Thread-safe.
 */
final class Leftovers {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** Keeps the launch that removes them quick; the rest goes with later ones. */
    private static final int MAX_AT_ONCE = 500;

    private static final Found NOTHING = new Found(List.of(), List.of(), List.of());

    private final Clock clock;
    private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.MIN);

    Leftovers(Clock clock) {
        this.clock = clock;
    }

    /** Removed only if still not needed, as a token may have been used again meanwhile. */
    record Found(List<ClientToken.Key> tokens, List<String> instances, List<IdFormatEntry.Key> formats) {
        void remove(Transaction tx) {
            tokens.stream()
                    .filter(key -> tx.find(ClientTokens.TABLE, key)
                            .filter(token -> !token.expiresAt().isAfter(tx.now()))
                            .isPresent())
                    .forEach(key -> tx.remove(ClientTokens.TABLE, key));
            instances.forEach(id -> {
                tx.remove(Instances.TABLE, id);
                Tags.removeAll(tx, id);
            });
            formats.forEach(key -> tx.remove(IdFormats.TABLE, key));
        }
    }

    Found find(Snapshot state) {
        Instant now = clock.instant();
        Instant due = nextLook.get();
        if (now.isBefore(due) || !nextLook.compareAndSet(due, now.plus(PAUSE))) {
            return NOTHING;
        }
        return new Found(
                state.all(ClientTokens.TABLE).stream()
                        .filter(token -> !token.expiresAt().isAfter(now))
                        .limit(MAX_AT_ONCE)
                        .map(ClientToken::key)
                        .toList(),
                state.all(Instances.TABLE).stream()
                        .filter(entry -> state.find(Vms.TABLE, entry.vm()).isEmpty())
                        .limit(MAX_AT_ONCE)
                        .map(InstanceEntry::id)
                        .toList(),
                state.all(IdFormats.TABLE).stream()
                        .filter(entry -> state.find(Users.TABLE, entry.user()).isEmpty())
                        .limit(MAX_AT_ONCE)
                        .map(IdFormatEntry::key)
                        .toList());
    }
}
