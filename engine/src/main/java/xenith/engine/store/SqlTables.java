package xenith.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;

/**
 * Reads and writes tables' rows, and what others write beside this process. For one thread, the store's writer; reading
 * and deleting events, and copying all, is for any.
 */
final class SqlTables implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlTables.class);
    private static final String INSERT_EVENT =
            "INSERT INTO events (event_number, at_millis, kind, subject, account, detail) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String SELECT_EVENTS = "SELECT event_number, at_millis, kind, subject, account, detail"
            + " FROM events WHERE event_number > ? ORDER BY event_number FETCH FIRST ? ROWS ONLY";
    private static final String DELETE_EVENTS = "DELETE FROM events WHERE at_millis < ?"
            + " AND event_number < (SELECT MIN(event_number) FROM events) + ?"
            + " AND event_number < (SELECT MAX(event_number) FROM events)";
    private static final String PROBE = "UPDATE cloud SET id = id";

    /** Classes of SQL states that speak of what was to be written, not of the database: 22 and 23. */
    private static final String DATA_IS_AT_FAULT = "2[23].*";

    private static final int VALID_SECONDS = 1;

    private static final String LAST_COMMIT = "SELECT value_ FROM counters WHERE name = ?";

    private final DatabaseKind kind;
    private final Connector connector;
    private final List<Table<?, ?>> tables;
    private final Optional<CommitLog> log;
    private Connection writing;
    private boolean suspect;

    /** Opens connections to the database. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    SqlTables(DatabaseKind kind, Connector connector, List<Table<?, ?>> tables) throws SQLException {
        this.kind = kind;
        this.connector = connector;
        this.tables = Stream.concat(Stream.of(Counters.TABLE), tables.stream()).toList();
        this.log = kind.log(tables);
        this.writing = connect();
    }

    /** How others are heard of; empty when there are none. */
    Optional<CommitLog> log() {
        return log;
    }

    /** All that the database holds, as the change from nothing. */
    Committed load() throws SQLException {
        return reading(() -> load(Snapshot.EMPTY));
    }

    /**
     * What others have committed since, each commit on the one before it; without waiting for those under way.
     *
     * @param lastEvent the number of the last event up to that state
     */
    List<Committed> since(Snapshot known, long lastEvent) throws SQLException {
        if (log.isEmpty()) {
            return List.of();
        }
        reviveIfSuspect();
        return reading(() -> since(known, lastEvent, log.get().last(writing)));
    }

    /**
     * Waits for this process's turn to commit, which lasts until {@link #write} or {@link #yieldTurn}.
     *
     * @return what others have committed meanwhile, as {@link #since} does
     */
    List<Committed> takeTurn(Snapshot known, long lastEvent) throws SQLException {
        reviveIfSuspect();
        if (log.isEmpty()) {
            return List.of();
        }
        long number;
        try {
            number = log.get().takeTurn(writing);
        } catch (SQLException stale) {
            // Nothing was asked of it yet, so one that has gone stale while nobody needed it harms nobody.
            LOG.debug("the connection was of no use", stale);
            suspect = true;
            reviveIfSuspect();
            number = orSuspect(() -> log.get().takeTurn(writing));
        }
        long last = number;
        return orSuspect(() -> since(known, lastEvent, last));
    }

    /** Lets others commit, with nothing written. */
    void yieldTurn() {
        try {
            writing.rollback();
        } catch (SQLException failure) {
            LOG.debug("the connection that was given up did not roll back", failure);
            suspect = true;
        }
    }

    private List<Committed> since(Snapshot known, long lastEvent, long number) throws SQLException {
        if (number == Counters.commits(known)) {
            return List.of();
        }
        Optional<List<Committed>> commits = log.orElseThrow().since(writing, known, lastEvent, number);
        return commits.isPresent() ? commits.get() : List.of(load(known));
    }

    private Committed load(Snapshot known) throws SQLException {
        Snapshot state = Snapshot.EMPTY;
        for (Table<?, ?> table : tables) {
            state = load(state, table);
        }
        return Committed.between(known, state, lastEvent(), tables);
    }

    private long lastEvent() throws SQLException {
        try (PreparedStatement select = writing.prepareStatement("SELECT MAX(event_number) FROM events");
                ResultSet result = select.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private <T> T reading(Reading<T> reading) throws SQLException {
        return orSuspect(() -> {
            kind.readOneState(writing);
            T result = reading.read();
            writing.rollback();
            return result;
        });
    }

    /** Any failure makes the connection one that is not used again, and that keeps nobody's turn back. */
    private <T> T orSuspect(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (SQLException | RuntimeException failure) {
            yieldTurn();
            suspect = true;
            throw failure;
        }
    }

    /** Something that is asked of the database. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws SQLException;
    }

    /**
     * Writes and commits all of it or nothing, in this process's turn.
     *
     * @param number what the database counts this commit by
     * @throws CommitInDoubtException when nobody knows which
     */
    void write(long number, List<Change<?, ?>> changes, List<Event> events) throws SQLException {
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
            if (log.isPresent()) {
                log.get().append(writing, number, changes, events);
            }
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

    /** Whether the database has that commit of this process; asked on a fresh connection after one that is in doubt. */
    boolean has(long number) throws SQLException {
        reviveIfSuspect();
        return orSuspect(() -> {
            boolean there = log.isPresent() ? hasInTurn(log.get(), number) : lastCommit() >= number;
            writing.rollback();
            return there;
        });
    }

    private boolean hasInTurn(CommitLog commits, long number) throws SQLException {
        commits.takeTurn(writing);
        return commits.hasOwn(writing, number);
    }

    private long lastCommit() throws SQLException {
        try (PreparedStatement select = writing.prepareStatement(LAST_COMMIT)) {
            select.setString(1, Counters.COMMITS);
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
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

    private void reviveIfSuspect() throws SQLException {
        if (suspect) {
            try {
                writing.close();
            } catch (SQLException broken) {
                LOG.debug("the connection that failed did not close", broken);
            }
            kind.revive();
        }
        // Where the turn has to be taken, that shows it.
        if (suspect || (log.isEmpty() && !writing.isValid(VALID_SECONDS))) {
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

    void backUp(Path directory) throws SQLException {
        try (Connection reading = connect()) {
            kind.backUp(reading, directory);
        }
    }

    @Override
    public void close() {
        try {
            writing.close();
        } catch (SQLException failure) {
            LOG.warn("the database's connection did not close", failure);
        }
        kind.shutDown();
    }

    private Connection connect() throws SQLException {
        Connection connection = connector.connect();
        connection.setAutoCommit(false);
        kind.configure(connection);
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
