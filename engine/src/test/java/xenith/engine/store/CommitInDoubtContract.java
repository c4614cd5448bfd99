package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;
import xenith.engine.store.FaultyConnections.Fault;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.EngineTables;

/** Commits of which the database did not say whether they came true. */
abstract class CommitInDoubtContract {
    private static final long PATIENCE_MILLIS = 100;

    private FaultyConnections connections;
    private Database database;
    private SqlStore store;

    /** A new and empty one. */
    abstract Database database();

    @BeforeEach
    void begin() {
        database = database();
        connections = new FaultyConnections(database);
        open();
    }

    private void open() {
        store = SqlStore.open(
                database,
                connections,
                EngineTables.all(),
                List.of(EngineTables.MIGRATIONS),
                Clock.systemUTC(),
                PATIENCE_MILLIS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aChangeThatTheDatabaseHasIsAcknowledgedThoughItsAnswerWasLost() {
        put(1);
        connections.nextCommit = Fault.LOST_AFTER;

        put(2);
        put(3);

        assertIsThere(1, 2, 3);
        assertThat(store.ailment()).isEmpty();
    }

    @Test
    void aChangeThatTheDatabaseDoesNotHaveIsRefusedAndLeavesNothing() {
        put(1);
        connections.nextCommit = Fault.LOST_BEFORE;

        assertThatThrownBy(() -> put(2))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the database did not take the change");

        put(3);
        assertIsThere(1, 3);
    }

    @Test
    void whoHasWaitedForLongIsToldThatItIsNotKnownAndTheChangeComesTrueLater() throws InterruptedException {
        CountDownLatch published = new CountDownLatch(1);
        store.listen((state, changes, events) -> published.countDown());
        connections.nextCommit = Fault.LOST_AFTER;
        connections.outOfReach = true;

        assertThatThrownBy(() -> put(1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("not known");
        assertThat(store.state().all(Accounts.TABLE)).isEmpty();
        assertThatThrownBy(() -> put(2)).hasMessage("the database does not take changes");
        connections.outOfReach = false;

        assertThat(published.await(20, TimeUnit.SECONDS)).isTrue();
        put(3);
        assertIsThere(1, 3);
    }

    @Test
    void ofManyChangesThatShareACommitEachIsToldTheSame() {
        connections.nextCommit = Fault.LOST_AFTER;

        List<CompletableFuture<Account>> all = IntStream.rangeClosed(1, 50)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> put(number)))
                .toList();

        all.forEach(CompletableFuture::join);
        assertIsThere(IntStream.rangeClosed(1, 50).toArray());
    }

    /** Now, and in the database, each with its event. */
    private void assertIsThere(int... numbers) {
        List<String> names = IntStream.of(numbers).mapToObj(Integer::toString).toList();
        assertThat(store.state().all(Accounts.TABLE))
                .extracting(Account::name)
                .containsExactlyInAnyOrderElementsOf(names);
        store.close();
        open();
        assertThat(store.state().all(Accounts.TABLE))
                .extracting(Account::name)
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(store.eventsAfter(0, 1_000))
                .extracting(Event::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers.length)
                        .mapToObj(count -> (long) count)
                        .toList());
    }

    private Account put(int number) {
        return store.write(tx -> {
            Account account =
                    new Account(new AccountId("%012d".formatted(number)), Integer.toString(number), 1, tx.now());
            tx.put(Accounts.TABLE, account);
            tx.emit(EventKind.ACCOUNT_ADDED, "account/" + number, Optional.empty(), "");
            return account;
        });
    }
}
