package xenith.engine.store;

import java.sql.JDBCType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table of records: how a record becomes a row, a row a record, and by what its records are found.
 *
 * <p>The SQL table is made by a migration of the room that declares it. Columns hold text ({@code VARCHAR}) or whole
 * numbers ({@code BIGINT}, also for times in milliseconds and flags as 0 and 1): the subset that Derby and PostgreSQL
 * share.
 *
 * @param <K> what identifies a record
 * @param <V> the record
 */
public final class Table<K, V> {
    private final String name;
    private final Function<V, K> key;
    private final List<Column<V>> columns;
    private final Function<Row, V> reader;
    private final List<Index<?, K, V>> indexes;
    private final List<Tally<?, V>> tallies;

    /** A column; those of the key come first. Its value is text, a number, or null. */
    record Column<V>(String name, boolean inKey, JDBCType type, Function<V, Object> value) {
        int sqlType() {
            return type.getVendorTypeNumber();
        }
    }

    private Table(Builder<K, V> builder, Function<Row, V> reader) {
        this.name = builder.name;
        this.key = builder.key;
        this.columns = List.copyOf(builder.columns);
        this.reader = reader;
        this.indexes = List.copyOf(builder.indexes);
        this.tallies = List.copyOf(builder.tallies);
    }

    public static <K, V> Builder<K, V> named(String name, Function<V, K> key) {
        return new Builder<>(name, key);
    }

    public String name() {
        return name;
    }

    public K keyOf(V record) {
        return key.apply(record);
    }

    List<Column<V>> columns() {
        return columns;
    }

    V read(Row row) {
        return reader.apply(row);
    }

    List<Index<?, K, V>> indexes() {
        return indexes;
    }

    List<Tally<?, V>> tallies() {
        return tallies;
    }

    /** The change as one of this table's, which its caller knows it to be. */
    @SuppressWarnings("unchecked") // A change carries its own table, and tables are compared by identity.
    public Change<K, V> sameTable(Change<?, ?> change) {
        if (change.table() != this) {
            throw new IllegalArgumentException("a change of " + change.table() + " is none of " + name);
        }
        return (Change<K, V>) change;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a table's declaration; columns in the order of the SQL table's, those of the key first. */
    public static final class Builder<K, V> {
        private final String name;
        private final Function<V, K> key;
        private final List<Column<V>> columns = new ArrayList<>();
        private final List<Index<?, K, V>> indexes = new ArrayList<>();
        private final List<Tally<?, V>> tallies = new ArrayList<>();

        private Builder(String name, Function<V, K> key) {
            this.name = name;
            this.key = key;
        }

        public Builder<K, V> keyText(String column, Function<V, String> value) {
            return add(column, true, JDBCType.VARCHAR, value::apply);
        }

        public Builder<K, V> keyNumber(String column, Function<V, Long> value) {
            return add(column, true, JDBCType.BIGINT, value::apply);
        }

        public Builder<K, V> text(String column, Function<V, String> value) {
            return add(column, false, JDBCType.VARCHAR, value::apply);
        }

        public Builder<K, V> optionalText(String column, Function<V, Optional<String>> value) {
            return add(column, false, JDBCType.VARCHAR, record -> value.apply(record)
                    .orElse(null));
        }

        public Builder<K, V> number(String column, Function<V, Long> value) {
            return add(column, false, JDBCType.BIGINT, value::apply);
        }

        public Builder<K, V> optionalNumber(String column, Function<V, Optional<Long>> value) {
            return add(column, false, JDBCType.BIGINT, record -> value.apply(record)
                    .orElse(null));
        }

        public Builder<K, V> flag(String column, Function<V, Boolean> value) {
            return add(column, false, JDBCType.BIGINT, record -> value.apply(record) ? 1L : 0L);
        }

        public Builder<K, V> time(String column, Function<V, Instant> value) {
            return add(column, false, JDBCType.BIGINT, record -> value.apply(record)
                    .toEpochMilli());
        }

        public Builder<K, V> optionalTime(String column, Function<V, Optional<Instant>> value) {
            return add(column, false, JDBCType.BIGINT, record -> value.apply(record)
                    .map(Instant::toEpochMilli)
                    .orElse(null));
        }

        /** An index that the records are found by in memory. */
        public Builder<K, V> index(Index<?, K, V> index) {
            indexes.add(index);
            return this;
        }

        /** A sum over the records that is kept with them. */
        public Builder<K, V> tally(Tally<?, V> tally) {
            tallies.add(tally);
            return this;
        }

        private Builder<K, V> add(String column, boolean inKey, JDBCType type, Function<V, Object> value) {
            columns.add(new Column<>(column, inKey, type, value));
            return this;
        }

        public Table<K, V> readBy(Function<Row, V> reader) {
            return new Table<>(this, reader);
        }
    }
}
