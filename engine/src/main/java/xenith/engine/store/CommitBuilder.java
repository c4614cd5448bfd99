package xenith.engine.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xenith.engine.model.Event;

/** Several units of work that become durable together: the changes to each record folded into one. */
final class CommitBuilder {
    private final Map<ChangeKey, Change<?, ?>> changes = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private Snapshot state;
    private long lastEvent;

    private record ChangeKey(Table<?, ?> table, Object key) {}

    CommitBuilder(Snapshot state, long lastEvent) {
        this.state = state;
        this.lastEvent = lastEvent;
    }

    Transaction begin(Instant now) {
        return new Transaction(state, now, lastEvent);
    }

    void add(Transaction transaction) {
        transaction.changes().forEach(this::fold);
        events.addAll(transaction.events());
        state = transaction.state();
        lastEvent += transaction.events().size();
    }

    boolean isEmpty() {
        return changes.isEmpty() && events.isEmpty();
    }

    /** As it is once the database has it. */
    Committed committed() {
        return new Committed(state, lastEvent, changes(), events());
    }

    List<Change<?, ?>> changes() {
        return List.copyOf(changes.values());
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    private <K, V> void fold(Change<K, V> change) {
        K key = change.table().keyOf(change.any());
        changes.merge(new ChangeKey(change.table(), key), change, (earlier, later) -> {
            Change<K, V> first = change.table().sameTable(earlier);
            return new Change<>(change.table(), first.before(), change.after());
        });
        Change<?, ?> folded = changes.get(new ChangeKey(change.table(), key));
        if (folded.before().isEmpty() && folded.after().isEmpty()) {
            changes.remove(new ChangeKey(change.table(), key));
        }
    }
}
