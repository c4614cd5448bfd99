package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.EngineTables;

/** What a store promises on every database. */
abstract class StoreContract {
    private Database database;
    private SqlStore store;

    /** A new and empty one. */
    abstract Database database();

    /** Takes the database away from its open connections; at the next attempt it is there again. */
    abstract void takeAway(Database database) throws SQLException;

    @BeforeEach
    void begin() {
        database = database();
        open();
    }

    private void open() {
        store = SqlStore.open(database, EngineTables.all(), List.of(EngineTables.MIGRATIONS), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasWrittenIsThereAfterTheStoreIsOpenedAgain() {
        Account account = store.write(tx -> put(tx, 1, "first"));

        store.close();
        open();

        assertThat(store.state().find(Accounts.TABLE, account.id())).contains(account);
    }

    @Test
    void aRefusedUnitOfWorkLeavesNothing() {
        assertThatThrownBy(() -> store.write(tx -> {
                    put(tx, 1, "first");
                    tx.emit(EventKind.ACCOUNT_ADDED, "account/1", Optional.empty(), "");
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(store.state().all(Accounts.TABLE)).isEmpty();
        assertThat(store.eventsAfter(0, 10)).isEmpty();
    }

    @Test
    void unitsOfWorkSeeEachOthersResultsThoughTheyShareACommit() {
        List<CompletableFuture<Long>> numbers = IntStream.range(0, 500)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> store.write(tx -> tx.next("number"))))
                .toList();

        assertThat(numbers.stream().map(CompletableFuture::join))
                .doesNotHaveDuplicates()
                .hasSize(500)
                .contains(500L);
    }

    @Test
    void aListenerThatBreaksUndoesNothingAndStopsNobody() {
        store.listen((state, changes, events) -> {
            throw new IllegalStateException("broken");
        });

        Account first = store.write(tx -> put(tx, 1, "first"));
        Account second = store.write(tx -> put(tx, 2, "second"));

        assertThat(store.state().all(Accounts.TABLE)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void oldEventsAreForgottenButForTheLastWhoseNumberGoesOn() {
        emit("one");
        emit("two");
        emit("three");

        store.forgetEvents(Instant.now().plusSeconds(1));

        assertThat(store.eventsAfter(0, 10)).extracting(Event::number).containsExactly(3L);
        store.close();
        open();
        emit("four");
        assertThat(store.eventsAfter(0, 10)).extracting(Event::number).containsExactly(3L, 4L);
    }

    @Test
    void aDatabaseThatWentAwayIsUsedAgain() throws SQLException {
        Account first = store.write(tx -> put(tx, 1, "first"));
        takeAway(database);

        Account second = store.write(tx -> put(tx, 2, "second"));

        assertThat(store.ailment()).isEmpty();
        store.close();
        open();
        assertThat(store.state().all(Accounts.TABLE)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void eventsAreNumberedInTheOrderOfCommitsWithoutGapsAlsoAcrossARestart() {
        emit("one");
        emit("two");
        store.close();
        open();
        emit("three");

        assertThat(store.eventsAfter(0, 10)).extracting(Event::number).containsExactly(1L, 2L, 3L);
        assertThat(store.eventsAfter(1, 1)).extracting(Event::detail).containsExactly("two");
    }

    @Test
    void aRecordPutAndRemovedInOneUnitOfWorkWasNeverThere() {
        store.write(tx -> tx.remove(Accounts.TABLE, put(tx, 1, "fleeting").id()));

        store.close();
        open();

        assertThat(store.state().all(Accounts.TABLE)).isEmpty();
    }

    @Test
    void anIndexFollowsTheRecordsThatItFinds() {
        store.write(tx -> put(tx, 1, "old"));
        store.write(tx -> put(tx, 1, "new"));

        assertThat(store.state().by(Accounts.BY_NAME, Accounts.TABLE, "old")).isEmpty();
        assertThat(store.state().by(Accounts.BY_NAME, Accounts.TABLE, "new")).hasSize(1);
    }

    @Test
    void aChangeThatTheDatabaseRefusesIsNotPublishedAndHarmsNoOther() {
        CompletableFuture<Account> tooLong = CompletableFuture.supplyAsync(() -> store.write(tx -> {
            tx.emit(EventKind.ACCOUNT_ADDED, "subject".repeat(100), Optional.empty(), "");
            return put(tx, 1, "refused");
        }));
        CompletableFuture<Account> fine = CompletableFuture.supplyAsync(() -> store.write(tx -> put(tx, 2, "fine")));

        assertThatThrownBy(tooLong::join).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(fine.join().name()).isEqualTo("fine");
        assertThat(store.state().all(Accounts.TABLE)).extracting(Account::name).containsExactly("fine");
    }

    private void emit(String detail) {
        store.write(tx -> {
            tx.emit(EventKind.ACCOUNT_ADDED, "account/1", Optional.empty(), detail);
            return null;
        });
    }

    private static Account put(Transaction tx, int number, String name) {
        Account account = new Account(new AccountId("%012d".formatted(number)), name, 1, tx.now());
        tx.put(Accounts.TABLE, account);
        return account;
    }
}
