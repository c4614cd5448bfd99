package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;
import xenith.engine.store.FaultyConnections.Fault;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.EngineTables;

/** Three stores on one database, as three processes have them. */
class SharedStoreTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final int MEASURED_COMMITS = 500;

    private final List<SqlStore> stores = new ArrayList<>();
    private Database database;

    @BeforeEach
    void open() {
        database = PostgresServer.shared().database();
        IntStream.range(0, 3).forEach(number -> stores.add(open(database::connect)));
    }

    @AfterEach
    void close() {
        stores.forEach(SqlStore::close);
    }

    @Test
    void unitsOfWorkOfAllProcessesAreOneSequence() {
        List<CompletableFuture<Long>> numbers = IntStream.range(0, 600)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> stores.get(i % 3).write(tx -> {
                            tx.emit(EventKind.ACCOUNT_ADDED, "account/1", Optional.empty(), "");
                            return tx.next("number");
                        })))
                .toList();

        assertThat(numbers.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 600).mapToObj(i -> (long) i).toList());
        assertThat(stores.get(0).eventsAfter(0, 1_000))
                .extracting(Event::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 600).mapToObj(i -> (long) i).toList());
    }

    @Test
    void whatOneCommitsTheOthersPublishAndTellTheirListeners() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        stores.get(1).listen((state, changes, events) -> changes.stream()
                .filter(change -> change.table() == Accounts.TABLE)
                .map(Accounts.TABLE::sameTable)
                .forEach(change -> heard.add(change.before().map(Account::name).orElse("-") + " "
                        + change.after().map(Account::name).orElse("-") + " "
                        + events.stream().map(Event::detail).toList())));

        put(stores.get(0), 1, "tab\there, \\ there,\nnew line", "first");
        put(stores.get(2), 1, "b", "second");
        stores.get(0).write(tx -> tx.remove(Accounts.TABLE, id(1)));

        assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("- tab\there, \\ there,\nnew line [first]");
        assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("tab\there, \\ there,\nnew line b [second]");
        assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("b - []");
        assertThat(stores.get(1).state().all(Accounts.TABLE)).isEmpty();
    }

    @Test
    void whoIsTooFarBehindForTheLogReadsAllAnew() throws SQLException, InterruptedException {
        put(stores.get(0), 1, "old", "");
        put(stores.get(0), 2, "gone", "");
        put(stores.get(0), 3, "stays", "");
        stores.get(1).write(tx -> null);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        stores.get(1)
                .listen((state, changes, events) -> heard.add(changes.stream()
                        .filter(change -> change.table() == Accounts.TABLE)
                        .map(Accounts.TABLE::sameTable)
                        .map(change -> change.before().map(Account::name).orElse("-") + " "
                                + change.after().map(Account::name).orElse("-"))
                        .sorted()
                        .toList()
                        .toString()));

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE counters SET value_ = value_ + 1 WHERE name = 'commit'");
            statement.execute("UPDATE accounts SET name = 'new' WHERE name = 'old'");
            statement.execute("DELETE FROM accounts WHERE name = 'gone'");
            connection.commit();
        }

        assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("[gone -, old new]");
        put(stores.get(1), 4, "next", "");
        assertThat(stores.get(1).state().all(Accounts.TABLE))
                .extracting(Account::name)
                .containsExactlyInAnyOrder("new", "stays", "next");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_AFTER", "LOST_BEFORE"})
    void aCommitInDoubtIsJudgedByItsOwnThoughOthersHaveCommittedSince(Fault fault) {
        FaultyConnections connections = new FaultyConnections(database);
        SqlStore store = open(connections);
        stores.add(store);
        connections.outOfReach = true;
        connections.nextCommit = fault;

        CompletableFuture<Account> doubtful = CompletableFuture.supplyAsync(() -> put(store, 1, "doubtful", ""));
        await(() -> store.ailment().isPresent());
        put(stores.get(0), 2, "certain", "");
        connections.outOfReach = false;

        if (fault == Fault.LOST_AFTER) {
            assertThat(doubtful.join().name()).isEqualTo("doubtful");
        } else {
            assertThatThrownBy(doubtful::join).hasMessageContaining("did not take the change");
        }
        put(store, 3, "next", "");
        assertThat(store.state().all(Accounts.TABLE))
                .extracting(Account::name)
                .containsExactlyInAnyOrderElementsOf(
                        fault == Fault.LOST_AFTER
                                ? List.of("doubtful", "certain", "next")
                                : List.of("certain", "next"));
    }

    @Test
    void aProcessThatStopsInTheMiddleOfACommitKeepsNobodyBackForLong() throws SQLException {
        try (Connection stopped = database.connect();
                Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            database.kind().configure(stopped);
            statement.executeQuery("SELECT value_ FROM counters WHERE name = 'commit' FOR UPDATE");

            assertThat(put(stores.get(0), 1, "on time", "").name()).isEqualTo("on time");
            assertThat(stores.get(0).ailment()).isEmpty();
        }
    }

    @Test
    void aCommitOfOthersIsHeardByItsAnnouncementAndNotByLookingAgain() throws InterruptedException {
        Semaphore heard = new Semaphore(0);
        int never = (int) TimeUnit.HOURS.toMillis(1);
        try (CommitFollower follower = new CommitFollower(database::connect, "nobody", never, heard::release)) {
            follower.start();
            // Once it listens it looks.
            assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            stores.get(0).write(tx -> tx.next("heard"));

            assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What is printed here stands in docs/how-to/several-gateways.md. A measurement, for machines at rest. */
    @Test
    @EnabledIfSystemProperty(named = "xenith.long", matches = "true", disabledReason = "measures; see test --long")
    void readsAtAnotherProcessLagByMuchLessThanTheLongestPause() throws InterruptedException {
        Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
        Map<Long, Long> seen = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(MEASURED_COMMITS);
        stores.get(1).listen((state, changes, events) -> changes.stream()
                .filter(change -> change.table() == Counters.TABLE)
                .map(Counters.TABLE::sameTable)
                .map(Change::any)
                .filter(counter -> counter.name().equals("measured"))
                .forEach(counter -> {
                    seen.put(counter.value(), System.nanoTime());
                    all.countDown();
                }));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                stores.get(2).write(tx -> tx.next("load"));
            }
        });

        for (int commit = 0; commit < MEASURED_COMMITS; commit++) {
            long number = stores.get(0).write(tx -> tx.next("measured"));
            acknowledged.put(number, System.nanoTime());
        }
        assertThat(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        stop.set(true);
        load.join();

        List<Long> lagsMicros = acknowledged.keySet().stream()
                .map(number -> Math.max(0, seen.get(number) - acknowledged.get(number)) / 1_000)
                .sorted()
                .toList();
        System.out.println("lag of reads at another process, in microseconds: median "
                + lagsMicros.get(MEASURED_COMMITS / 2) + ", 99 of 100 within "
                + lagsMicros.get(MEASURED_COMMITS * 99 / 100) + ", longest " + lagsMicros.get(MEASURED_COMMITS - 1)
                + "; the others committed " + stores.get(2).<Long>write(tx -> tx.next("load")) + " times meanwhile");
        assertThat(lagsMicros.get(MEASURED_COMMITS / 2)).isLessThan(CommitFollower.LONGEST_PAUSE_MILLIS * 1_000L / 4);
    }

    private SqlStore open(SqlTables.Connector connector) {
        return SqlStore.open(
                database,
                connector,
                EngineTables.all(),
                List.of(EngineTables.MIGRATIONS),
                Clock.systemUTC(),
                TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static Account put(Store store, int number, String name, String detail) {
        return store.write(tx -> {
            Account account = new Account(id(number), name, 1, tx.now());
            tx.put(Accounts.TABLE, account);
            tx.emit(EventKind.ACCOUNT_ADDED, "account/" + number, Optional.empty(), detail);
            return account;
        });
    }

    private static AccountId id(int number) {
        return new AccountId("%012d".formatted(number));
    }
}
