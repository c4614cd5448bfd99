package xenith.engine.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;

/** Reads and writes tables' rows. {@link #write} is for one thread; reading events is for any. */
final class SqlTables implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlTables.class);
    private static final String INSERT_EVENT =
            "INSERT INTO events (event_number, at_millis, kind, subject, account, detail) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String SELECT_EVENTS = "SELECT event_number, at_millis, kind, subject, account, detail"
            + " FROM events WHERE event_number > ? ORDER BY event_number FETCH FIRST ? ROWS ONLY";
    private static final String DELETE_EVENTS = "DELETE FROM events WHERE at_millis < ?"
            + " AND event_number < (SELECT MIN(event_number) FROM events) + ?"
            + " AND event_number < (SELECT MAX(event_number) FROM events)";
    /** What Derby answers when the one database is shut down, and when it was so already. */
    private static final Set<String> DERBY_SHUT_DOWN_STATES = Set.of("08006", "XJ004");

    private static final String PROBE = "UPDATE cloud SET id = id";

    /** Classes of SQL states that speak of what was to be written, not of the database: 22 and 23. */
    private static final String DATA_IS_AT_FAULT = "2[23].*";

    private static final String LAST_COMMIT = "SELECT value_ FROM counters WHERE name = ?";

    private final String jdbcUrl;
    private final Connector connector;
    private final List<Table<?, ?>> tables;
    private Connection writing;
    private boolean suspect;

    /** Opens connections to the database. */
    @FunctionalInterface
    interface Connector {
        Connection connect(String jdbcUrl) throws SQLException;
    }

    SqlTables(String jdbcUrl, Connector connector, List<Table<?, ?>> tables) throws SQLException {
        this.jdbcUrl = jdbcUrl;
        this.connector = connector;
        this.tables = List.copyOf(tables);
        this.writing = connect();
    }

    Snapshot load() throws SQLException {
        Snapshot state = load(Snapshot.EMPTY, Counters.TABLE);
        for (Table<?, ?> table : tables) {
            state = load(state, table);
        }
        writing.rollback();
        return state;
    }

    long lastEvent() throws SQLException {
        try (PreparedStatement select = writing.prepareStatement("SELECT MAX(event_number) FROM events");
                ResultSet result = select.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        } finally {
            writing.rollback();
        }
    }

    /**
     * Writes and commits all of it or nothing.
     *
     * @throws CommitInDoubtException when nobody knows which
     */
    void write(List<Change<?, ?>> changes, List<Event> events) throws SQLException {
        if (changes.isEmpty() && events.isEmpty()) {
            return;
        }
        reviveIfSuspect();
        try {
            Map<String, PreparedStatement> statements = new LinkedHashMap<>();
            try {
                for (Change<?, ?> change : changes) {
                    add(statements, change);
                }
                for (PreparedStatement statement : statements.values()) {
                    statement.executeBatch();
                }
            } finally {
                for (PreparedStatement statement : statements.values()) {
                    statement.close();
                }
            }
            insert(events);
            commit();
        } catch (SQLException failure) {
            suspect = !dataIsAtFault(failure);
            try {
                writing.rollback();
            } catch (SQLException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        } catch (RuntimeException broken) {
            suspect = true;
            throw broken;
        }
    }

    private void commit() throws SQLException {
        try {
            writing.commit();
        } catch (SQLException failure) {
            throw dataIsAtFault(failure) ? failure : new CommitInDoubtException(failure);
        } catch (RuntimeException broken) {
            throw new CommitInDoubtException(broken);
        }
    }

    /** The number of the last commit that the database has; asked on a fresh connection after one that is in doubt. */
    long lastCommit() throws SQLException {
        reviveIfSuspect();
        try (PreparedStatement select = writing.prepareStatement(LAST_COMMIT)) {
            select.setString(1, Counters.COMMITS);
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        } catch (SQLException failure) {
            suspect = true;
            throw failure;
        } finally {
            if (!suspect) {
                writing.rollback();
            }
        }
    }

    /** Whether it was what was to be written that was refused, by a database that is well. */
    static boolean dataIsAtFault(SQLException failure) {
        return String.valueOf(failure.getSQLState()).matches(DATA_IS_AT_FAULT);
    }

    /** Whether the database takes changes: commits one that changes nothing. */
    void probe() throws SQLException {
        reviveIfSuspect();
        try (PreparedStatement update = writing.prepareStatement(PROBE)) {
            update.executeUpdate();
            writing.commit();
        } catch (SQLException failure) {
            suspect = true;
            throw failure;
        }
    }

    /** A Derby whose disk was full takes no change, however empty the disk is now, before it has been started again. */
    private void reviveIfSuspect() throws SQLException {
        if (suspect) {
            try {
                writing.close();
            } catch (SQLException broken) {
                LOG.debug("the connection that failed did not close", broken);
            }
            if (jdbcUrl.startsWith("jdbc:derby:")) {
                shutDownDerby();
            }
        }
        if (suspect || !writing.isValid(1)) {
            writing = connect();
            suspect = false;
        }
    }

    List<Event> eventsAfter(long number, int limit) throws SQLException {
        try (Connection reading = connect();
                PreparedStatement select = reading.prepareStatement(SELECT_EVENTS)) {
            select.setLong(1, number);
            select.setInt(2, limit);
            List<Event> events = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    events.add(new Event(
                            result.getLong(1),
                            Instant.ofEpochMilli(result.getLong(2)),
                            EventKind.valueOf(result.getString(3)),
                            result.getString(4),
                            Optional.ofNullable(result.getString(5)).map(AccountId::new),
                            result.getString(6)));
                }
            }
            reading.rollback();
            return events;
        }
    }

    /** Deletes the first ones of those from before that time; the last event of all stays, whose number goes on. */
    void deleteEvents(Instant before, int most) throws SQLException {
        try (Connection deleting = connect();
                PreparedStatement delete = deleting.prepareStatement(DELETE_EVENTS)) {
            delete.setLong(1, before.toEpochMilli());
            delete.setInt(2, most);
            delete.executeUpdate();
            deleting.commit();
        }
    }

    @Override
    public void close() {
        try {
            writing.close();
        } catch (SQLException failure) {
            LOG.warn("the database's connection did not close", failure);
        }
        if (jdbcUrl.startsWith("jdbc:derby:")) {
            shutDownDerby();
        }
    }

    /** An embedded Derby is left in order only by a connection attempt that always fails. */
    private void shutDownDerby() {
        try {
            DriverManager.getConnection(jdbcUrl.replaceAll(";create=true", "") + ";shutdown=true")
                    .close();
        } catch (SQLException ended) {
            if (!DERBY_SHUT_DOWN_STATES.contains(ended.getSQLState())) {
                LOG.warn("the database did not shut down", ended);
            }
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = connector.connect(jdbcUrl);
        connection.setAutoCommit(false);
        return connection;
    }

    private <K, V> Snapshot load(Snapshot state, Table<K, V> table) throws SQLException {
        Snapshot loaded = state;
        try (PreparedStatement select = writing.prepareStatement(SqlText.select(table));
                ResultSet result = select.executeQuery()) {
            Row row = new ResultRow(result);
            while (result.next()) {
                loaded = loaded.put(table, table.read(row));
            }
        }
        return loaded;
    }

    private <K, V> void add(Map<String, PreparedStatement> statements, Change<K, V> change) throws SQLException {
        Table<K, V> table = change.table();
        if (change.after().isEmpty()) {
            PreparedStatement delete = statement(statements, SqlText.delete(table));
            bind(delete, 1, table, change.before().orElseThrow(), true);
            delete.addBatch();
        } else if (change.before().isEmpty()) {
            PreparedStatement insert = statement(statements, SqlText.insert(table));
            int next = bind(insert, 1, table, change.after().get(), true);
            bind(insert, next, table, change.after().get(), false);
            insert.addBatch();
        } else if (table.columns().stream().anyMatch(column -> !column.inKey())) {
            PreparedStatement update = statement(statements, SqlText.update(table));
            int next = bind(update, 1, table, change.after().get(), false);
            bind(update, next, table, change.after().get(), true);
            update.addBatch();
        }
    }

    private PreparedStatement statement(Map<String, PreparedStatement> statements, String text) throws SQLException {
        PreparedStatement statement = statements.get(text);
        if (statement == null) {
            statement = writing.prepareStatement(text);
            statements.put(text, statement);
        }
        return statement;
    }

    private static <V> int bind(PreparedStatement statement, int from, Table<?, V> table, V row, boolean keyColumns)
            throws SQLException {
        int position = from;
        for (Table.Column<V> column : table.columns()) {
            if (column.inKey() == keyColumns) {
                statement.setObject(position++, column.value().apply(row), column.sqlType());
            }
        }
        return position;
    }

    private void insert(List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = writing.prepareStatement(INSERT_EVENT)) {
            for (Event event : events) {
                insert.setLong(1, event.number());
                insert.setLong(2, event.at().toEpochMilli());
                insert.setString(3, event.kind().name());
                insert.setString(4, event.subject());
                insert.setString(5, event.account().map(AccountId::value).orElse(null));
                insert.setString(6, event.detail());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
