package xenith.engine.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.Event;

/**
 * A store on an SQL database. Units of work wait in a queue; one thread takes several at once, runs them one after
 * another on the newest state, and makes them durable in one commit, so that the database's commit rate does not bound
 * the number of requests. Where several processes share a database they take turns, commit by commit; each hears of the
 * others' commits, and publishes them as its own.
 */
public final class SqlStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    /** More units of work than this at once would let the first of them wait too long for the last. */
    private static final int MAX_UNITS_PER_COMMIT = 256;

    /** Callers beyond this many are refused: the database is slower than they are, and memory is not a queue. */
    private static final int MAX_WAITING_UNITS = 10_000;

    private static final long MAX_WAIT_FOR_PLACE_MILLIS = 5_000;

    /** More at once would hold up commits. */
    private static final int MAX_EVENTS_FORGOTTEN = 10_000;

    /** How often a database that did not take a change is tried. */
    private static final long PROBE_MILLIS = 2_000;

    /** How long callers wait to hear whether a commit that is in doubt came true. */
    private static final long MAX_DOUBT_MILLIS = 10_000;

    private final Clock clock;
    private final SqlTables sql;
    private final long maxDoubtMillis;
    private final BlockingQueue<Unit<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING_UNITS);
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer;
    private final Optional<CommitFollower> follower;
    private final AtomicBoolean behind = new AtomicBoolean();
    private volatile Snapshot committed;
    private volatile boolean closed;
    private volatile String ailment = "";
    private long lastEvent;
    private Optional<Doubt> doubt = Optional.empty();

    /**
     * A commit of which nobody knows whether the database has it. Until that is known nothing else is written, since it
     * would not be known on what.
     *
     * @param number what the database counts commits by
     * @param patienceEnds when its callers have waited for long enough
     */
    private record Doubt(CommitBuilder commit, long number, List<Unit<?>> units, Instant patienceEnds) {}

    private SqlStore(SqlTables sql, SqlTables.Connector connector, Clock clock, long maxDoubtMillis)
            throws SQLException {
        this.sql = sql;
        this.clock = clock;
        this.maxDoubtMillis = maxDoubtMillis;
        Committed loaded = sql.load();
        this.committed = loaded.state();
        this.lastEvent = loaded.lastEvent();
        this.writer = new Thread(this::writeUntilClosed, "store-writer");
        this.writer.setDaemon(true);
        this.follower = sql.log()
                .map(log -> new CommitFollower(
                        connector, log.writer(), CommitFollower.LONGEST_PAUSE_MILLIS, this::fallBehind));
    }

    /**
     * Opens the database, brings its schema up to date and reads it.
     *
     * @param tables every room's, the engine's included: see {@code EngineTables}
     * @param migrationLocations every room's, as {@code classpath:xenith/engine/migrations}
     * @throws StoreUnavailableException when the database cannot be opened, or its schema is newer than this program
     */
    public static SqlStore open(
            Database database, List<Table<?, ?>> tables, List<String> migrationLocations, Clock clock) {
        return open(database, database::connect, tables, migrationLocations, clock, MAX_DOUBT_MILLIS);
    }

    /** {@link #open(Database, List, List, Clock)} of one that needs no login. */
    public static SqlStore open(
            String jdbcUrl, List<Table<?, ?>> tables, List<String> migrationLocations, Clock clock) {
        return open(Database.at(jdbcUrl), tables, migrationLocations, clock);
    }

    /** {@link #open(Database, List, List, Clock)} over connections of the caller's, and with its patience. */
    static SqlStore open(
            Database database,
            SqlTables.Connector connector,
            List<Table<?, ?>> tables,
            List<String> migrationLocations,
            Clock clock,
            long maxDoubtMillis) {
        try {
            DatabaseKind kind = database.kind();
            Flyway.configure()
                    .dataSource(
                            database.jdbcUrl(),
                            database.login().map(Database.Login::user).orElse(null),
                            database.login().map(Database.Login::password).orElse(null))
                    .locations(Stream.concat(migrationLocations.stream(), kind.migrations().stream())
                            .toArray(String[]::new))
                    .outOfOrder(true)
                    .load()
                    .migrate();
            SqlStore store = new SqlStore(new SqlTables(kind, connector, tables), connector, clock, maxDoubtMillis);
            store.writer.start();
            store.follower.ifPresent(CommitFollower::start);
            return store;
        } catch (SQLException | RuntimeException failure) {
            throw new StoreUnavailableException("the database cannot be opened: " + failure.getMessage(), failure);
        }
    }

    @Override
    public Snapshot state() {
        return committed;
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("a unit of work, or a commit listener, must not wait for another");
        }
        Unit<T> unit = new Unit<>(work);
        try {
            if (closed || !queue.offer(unit, MAX_WAIT_FOR_PLACE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailableException(
                        closed ? "the store is closed" : "too many changes are waiting for the database", null);
            }
            if (closed && queue.remove(unit)) {
                throw new StoreUnavailableException("the store is closed", null);
            }
            return unit.answer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the database", interrupted);
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw wrapped;
        }
    }

    @Override
    public List<Event> eventsAfter(long number, int limit) {
        try {
            return sql.eventsAfter(number, limit);
        } catch (SQLException failure) {
            throw new StoreUnavailableException("events cannot be read", failure);
        }
    }

    @Override
    public void forgetEvents(Instant before) {
        try {
            sql.deleteEvents(before, MAX_EVENTS_FORGOTTEN);
        } catch (SQLException failure) {
            LOG.warn("old events were not forgotten", failure);
        }
    }

    @Override
    public Optional<String> ailment() {
        return Optional.of(ailment).filter(what -> !what.isEmpty());
    }

    @Override
    public void backUp(Path directory) {
        try {
            sql.backUp(directory);
        } catch (SQLException failure) {
            throw new StoreUnavailableException("the database was not copied", failure);
        }
    }

    @Override
    public void listen(CommitListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        follower.ifPresent(CommitFollower::close);
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sql.close();
    }

    private void writeUntilClosed() {
        List<Unit<?>> batch = new ArrayList<>();
        while (!closed) {
            try {
                Unit<?> first = ailment.isEmpty() ? queue.take() : queue.poll(PROBE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    probe();
                    continue;
                }
                batch.add(first);
            } catch (InterruptedException closing) {
                break;
            }
            queue.drainTo(batch, MAX_UNITS_PER_COMMIT - 1);
            if (batch.removeIf(Unit::onlyFollows)) {
                behind.set(false);
            }
            if (batch.isEmpty()) {
                follow();
            } else {
                commitOrFail(batch);
            }
            batch.clear();
        }
        queue.drainTo(batch);
        batch.forEach(unit -> unit.fail(new StoreUnavailableException("the store is closed", null)));
        doubt.ifPresent(open -> leaveOpen(open, null));
    }

    /** Whatever goes wrong, each unit is answered and the writer goes on. */
    private void commitOrFail(List<Unit<?>> batch) {
        try {
            commit(batch);
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            LOG.error("a commit of {} units of work broke", batch.size(), broken);
            sql.yieldTurn();
            batch.forEach(unit -> unit.fail(new StoreUnavailableException("the store broke: " + broken, broken)));
        }
    }

    /** Others have committed: the writer is to catch up, unless it is told to already. */
    private void fallBehind() {
        // With the queue full there are units of work, which are run on the newest state anyway.
        if (behind.compareAndSet(false, true) && !queue.offer(Unit.following())) {
            behind.set(false);
        }
    }

    private void follow() {
        try {
            settleDoubt();
            sql.since(committed, lastEvent).forEach(this::publish);
        } catch (SQLException failure) {
            ailing(failure);
        } catch (RuntimeException | LinkageError broken) {
            LOG.error("what others have committed broke", broken);
        }
    }

    private void probe() {
        try {
            settleDoubt();
            sql.probe();
            healthy();
        } catch (SQLException failure) {
            ailing(failure);
        }
    }

    /** Looks whether the database has what it was asked to commit, and tells those who wait for it. */
    private void settleDoubt() throws SQLException {
        if (doubt.isEmpty()) {
            return;
        }
        Doubt open = doubt.get();
        boolean stored;
        try {
            stored = sql.has(open.number());
        } catch (SQLException failure) {
            if (!clock.instant().isBefore(open.patienceEnds())) {
                leaveOpen(open, failure);
            }
            throw failure;
        }
        doubt = Optional.empty();
        LOG.info("the database has {}taken the commit that was in doubt", stored ? "" : "not ");
        if (stored) {
            publish(open.commit().committed());
            open.units().forEach(Unit::answer);
        } else {
            fail(open.units(), "the database did not take the change", null);
        }
    }

    private static void leaveOpen(Doubt open, SQLException failure) {
        open.units().forEach(unit -> unit.fail(new OutcomeUnknownException(failure)));
    }

    private void healthy() {
        if (!ailment.isEmpty()) {
            LOG.info("the database takes changes again");
            ailment = "";
        }
    }

    /** Each ailment is told once with all its details: they may be many, and the log may lie on the disk that is full. */
    private void ailing(SQLException failure) {
        if (ailment.isEmpty()) {
            LOG.warn("the database does not take changes", failure);
        }
        ailment = String.valueOf(failure.getMessage());
    }

    private void commit(List<Unit<?>> batch) {
        try {
            settleDoubt();
        } catch (SQLException failure) {
            ailing(failure);
            fail(batch, "the database does not take changes", failure);
            return;
        }
        try {
            sql.takeTurn(committed, lastEvent).forEach(this::publish);
        } catch (SQLException failure) {
            ailing(failure);
            fail(batch, "the database does not take changes", failure);
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CommitBuilder commit = new CommitBuilder(committed, lastEvent);
        batch.forEach(unit -> unit.run(commit, now));
        if (commit.isEmpty()) {
            sql.yieldTurn();
            batch.forEach(Unit::answer);
            return;
        }
        Transaction counting = commit.begin(now);
        long number = counting.next(Counters.COMMITS);
        commit.add(counting);
        try {
            sql.write(number, commit.changes(), commit.events());
        } catch (CommitInDoubtException failure) {
            ailing(failure);
            doubt = Optional.of(new Doubt(
                    commit, number, List.copyOf(batch), clock.instant().plusMillis(maxDoubtMillis)));
            probe();
            return;
        } catch (SQLException failure) {
            if (!SqlTables.dataIsAtFault(failure)) {
                ailing(failure);
                fail(batch, "the database did not take the change", failure);
            } else if (batch.size() > 1) {
                batch.forEach(unit -> commit(List.of(unit)));
            } else {
                LOG.warn("a unit of work does not fit the database", failure);
                fail(batch, "the database did not take the change", failure);
            }
            return;
        }
        healthy();
        publish(commit.committed());
        batch.forEach(Unit::answer);
    }

    private void publish(Committed commit) {
        committed = commit.state();
        lastEvent = commit.lastEvent();
        listeners.forEach(listener -> tell(listener, commit));
    }

    private static void fail(List<Unit<?>> batch, String why, SQLException failure) {
        batch.forEach(unit -> unit.fail(new StoreUnavailableException(why, failure)));
    }

    /** What was committed stands, whatever a listener makes of it. */
    private void tell(CommitListener listener, Committed commit) {
        try {
            listener.committed(commit.state(), commit.changes(), commit.events());
        } catch (RuntimeException broken) {
            LOG.error("a listener of commits broke", broken);
        }
    }

    /** A unit of work on its way, and what became of it. */
    private static final class Unit<T> {
        private final Function<Transaction, T> work;
        private final boolean onlyFollows;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private T result;
        private Throwable refusal;

        Unit(Function<Transaction, T> work) {
            this(work, false);
        }

        private Unit(Function<Transaction, T> work, boolean onlyFollows) {
            this.work = work;
            this.onlyFollows = onlyFollows;
        }

        /** One that only has the writer catch up with others. */
        static Unit<Void> following() {
            return new Unit<>(tx -> null, true);
        }

        boolean onlyFollows() {
            return onlyFollows;
        }

        void run(CommitBuilder commit, Instant now) {
            Transaction transaction = commit.begin(now);
            try {
                result = work.apply(transaction);
                refusal = null;
                commit.add(transaction);
            } catch (RuntimeException | StackOverflowError refused) {
                refusal = refused;
            }
        }

        /** Only once the commit stands: a refusal, too, was made on a state that has to be true. */
        void answer() {
            if (refusal == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(refusal);
            }
        }

        void fail(StoreUnavailableException failure) {
            answer.completeExceptionally(failure);
        }
    }
}
