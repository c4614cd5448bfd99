package xenith.engine.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;

/**
 * One unit of work on the newest state. What it puts and removes is seen by itself at once, and by everybody else when
 * it is durable; when it throws, nothing of it remains. It runs on the store's writer, so it computes and does no
 * input or output, takes no lock and waits for nothing. Not thread-safe.
 */
public final class Transaction {
    private final Instant now;
    private final List<Change<?, ?>> changes = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Snapshot snapshot;
    private long lastEvent;

    Transaction(Snapshot snapshot, Instant now, long lastEvent) {
        this.snapshot = snapshot;
        this.now = now;
        this.lastEvent = lastEvent;
    }

    /** The time of this unit of work, in whole milliseconds. */
    public Instant now() {
        return now;
    }

    /** The state as this unit of work has it now. */
    public Snapshot state() {
        return snapshot;
    }

    public <K, V> Optional<V> find(Table<K, V> table, K key) {
        return snapshot.find(table, key);
    }

    public <K, V> void put(Table<K, V> table, V record) {
        K key = table.keyOf(record);
        Optional<V> before = snapshot.find(table, key);
        snapshot = snapshot.put(table, record);
        changes.add(new Change<>(table, before, Optional.of(record)));
    }

    /** @return what was removed; empty when there was nothing */
    public <K, V> Optional<V> remove(Table<K, V> table, K key) {
        Optional<V> before = snapshot.find(table, key);
        if (before.isPresent()) {
            snapshot = snapshot.remove(table, key);
            changes.add(new Change<>(table, before, Optional.empty()));
        }
        return before;
    }

    /** The next number of that counter, from 1 on; never given twice, whatever happens to its unit of work's things. */
    public long next(String counter) {
        long value = find(Counters.TABLE, counter).map(Counters.Counter::value).orElse(0L) + 1;
        put(Counters.TABLE, new Counters.Counter(counter, value));
        return value;
    }

    /** Records a fact. Its number follows that of the event before it, in the order of commits. */
    public void emit(EventKind kind, String subject, Optional<AccountId> account, String detail) {
        lastEvent++;
        events.add(new Event(lastEvent, now, kind, subject, account, detail));
    }

    List<Change<?, ?>> changes() {
        return List.copyOf(changes);
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
