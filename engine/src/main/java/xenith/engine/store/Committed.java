package xenith.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.Event;

/**
 * A commit that stands, whoever made it.
 *
 * @param lastEvent the number of the last event up to it
 */
record Committed(Snapshot state, long lastEvent, List<Change<?, ?>> changes, List<Event> events) {
    /** All that lies between two states, as if it were one commit, with no events. */
    static Committed between(Snapshot earlier, Snapshot later, long lastEvent, List<Table<?, ?>> tables) {
        List<Change<?, ?>> changes = new ArrayList<>();
        tables.forEach(table -> differences(earlier, later, table, changes));
        return new Committed(later, lastEvent, changes, List.of());
    }

    private static <K, V> void differences(
            Snapshot earlier, Snapshot later, Table<K, V> table, List<Change<?, ?>> changes) {
        for (V after : later.all(table)) {
            Change<K, V> change = new Change<>(table, earlier.find(table, table.keyOf(after)), Optional.of(after));
            if (!change.before().equals(change.after())) {
                changes.add(change);
            }
        }
        for (V before : earlier.all(table)) {
            if (later.find(table, table.keyOf(before)).isEmpty()) {
                changes.add(new Change<>(table, Optional.of(before), Optional.empty()));
            }
        }
    }
}
