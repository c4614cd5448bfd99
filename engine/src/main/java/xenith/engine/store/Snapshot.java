package xenith.engine.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;
import xenith.engine.model.Capacity;

/** The state of all tables at one moment. Immutable: reading it needs no lock and sees no later change. */
public final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    private final HashPMap<Table<?, ?>, HashPMap<Object, Object>> rows;
    private final HashPMap<Index<?, ?, ?>, HashPMap<Object, MapPSet<Object>>> indexes;
    private final HashPMap<Tally<?, ?>, HashPMap<Object, Capacity>> tallies;

    private Snapshot(
            HashPMap<Table<?, ?>, HashPMap<Object, Object>> rows,
            HashPMap<Index<?, ?, ?>, HashPMap<Object, MapPSet<Object>>> indexes,
            HashPMap<Tally<?, ?>, HashPMap<Object, Capacity>> tallies) {
        this.rows = rows;
        this.indexes = indexes;
        this.tallies = tallies;
    }

    public <K, V> Optional<V> find(Table<K, V> table, K key) {
        return Optional.ofNullable(this.<K, V>map(table).get(key));
    }

    /** Every record of the table, in no order. */
    public <K, V> Collection<V> all(Table<K, V> table) {
        return this.<K, V>map(table).values();
    }

    /** The records that the index has under that value, in no order. */
    @SuppressWarnings("unchecked") // put() keeps a table's keys under that table's indexes only.
    public <I, K, V> Stream<V> by(Index<I, K, V> index, Table<K, V> table, I value) {
        MapPSet<Object> keys = entries(index).get(value);
        if (keys == null) {
            return Stream.empty();
        }
        Map<K, V> records = map(table);
        return keys.stream().map(key -> records.get((K) key));
    }

    /** How many records the index has under that value. */
    public <I, K, V> int count(Index<I, K, V> index, I value) {
        MapPSet<Object> keys = entries(index).get(value);
        return keys == null ? 0 : keys.size();
    }

    /** The sum over the records of that group. */
    public <G, V> Capacity sum(Tally<G, V> tally, G group) {
        return tallies.getOrDefault(tally, HashTreePMap.empty()).getOrDefault(group, Capacity.NONE);
    }

    <K, V> Snapshot put(Table<K, V> table, V record) {
        K key = table.keyOf(record);
        Snapshot without = remove(table, key);
        HashPMap<Index<?, ?, ?>, HashPMap<Object, MapPSet<Object>>> newIndexes = without.indexes;
        for (Index<?, K, V> index : table.indexes()) {
            Optional<?> value = index.valueOf(record);
            if (value.isPresent()) {
                HashPMap<Object, MapPSet<Object>> entries = newIndexes.getOrDefault(index, HashTreePMap.empty());
                MapPSet<Object> keys = entries.getOrDefault(value.get(), HashTreePSet.empty());
                newIndexes = newIndexes.plus(index, entries.plus(value.get(), keys.plus(key)));
            }
        }
        HashPMap<Tally<?, ?>, HashPMap<Object, Capacity>> newTallies = without.tallies;
        for (Tally<?, V> tally : table.tallies()) {
            Optional<?> group = tally.groupOf(record);
            if (group.isPresent()) {
                HashPMap<Object, Capacity> sums = newTallies.getOrDefault(tally, HashTreePMap.empty());
                Capacity sum = sums.getOrDefault(group.get(), Capacity.NONE).plus(tally.amountOf(record));
                newTallies = newTallies.plus(tally, sums.plus(group.get(), sum));
            }
        }
        HashPMap<Object, Object> records = without.rows.getOrDefault(table, HashTreePMap.empty());
        return new Snapshot(without.rows.plus(table, records.plus(key, record)), newIndexes, newTallies);
    }

    <K, V> Snapshot remove(Table<K, V> table, K key) {
        Optional<V> old = find(table, key);
        if (old.isEmpty()) {
            return this;
        }
        HashPMap<Index<?, ?, ?>, HashPMap<Object, MapPSet<Object>>> newIndexes = indexes;
        for (Index<?, K, V> index : table.indexes()) {
            Optional<?> value = index.valueOf(old.get());
            if (value.isPresent()) {
                HashPMap<Object, MapPSet<Object>> entries = entries(index);
                MapPSet<Object> keys = entries.get(value.get()).minus(key);
                newIndexes = newIndexes.plus(
                        index, keys.isEmpty() ? entries.minus(value.get()) : entries.plus(value.get(), keys));
            }
        }
        HashPMap<Tally<?, ?>, HashPMap<Object, Capacity>> newTallies = tallies;
        for (Tally<?, V> tally : table.tallies()) {
            Optional<?> group = tally.groupOf(old.get());
            if (group.isPresent()) {
                HashPMap<Object, Capacity> sums = tallies.get(tally);
                Capacity sum = sums.get(group.get()).minus(tally.amountOf(old.get()));
                newTallies = newTallies.plus(
                        tally, sum.equals(Capacity.NONE) ? sums.minus(group.get()) : sums.plus(group.get(), sum));
            }
        }
        return new Snapshot(rows.plus(table, rows.get(table).minus(key)), newIndexes, newTallies);
    }

    /** The state after a change that follows on it. */
    <K, V> Snapshot with(Change<K, V> change) {
        return change.after()
                .map(record -> put(change.table(), record))
                .orElseGet(() -> remove(change.table(), change.table().keyOf(change.any())));
    }

    private HashPMap<Object, MapPSet<Object>> entries(Index<?, ?, ?> index) {
        return indexes.getOrDefault(index, HashTreePMap.empty());
    }

    @SuppressWarnings("unchecked") // put() keeps a table's keys and records under that table only.
    private <K, V> Map<K, V> map(Table<K, V> table) {
        return (Map<K, V>) rows.getOrDefault(table, HashTreePMap.empty());
    }
}
