package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.tables.EngineTables;

class DerbyStoreTest extends StoreContract {
    @TempDir
    Path home;

    @Override
    Database database() {
        return Database.embeddedIn(home.resolve("db"));
    }

    @Test
    void aCopyThatIsMadeWhileChangesGoOnIsOneState() {
        Database original = database();
        Path copy = home.resolve("copy");
        try (SqlStore store = open(original)) {
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    store.write(tx -> {
                        tx.next("left");
                        return tx.next("right");
                    });
                }
            });
            store.write(tx -> tx.next("before"));
            store.backUp(copy);
            stop.set(true);
            changes.join();
        }

        try (SqlStore copied = open(Database.embeddedIn(copy.resolve("db")))) {
            long right = copied.write(tx -> tx.next("right"));
            assertThat(copied.<Long>write(tx -> tx.next("left"))).isEqualTo(right);
            assertThat(copied.<Long>write(tx -> tx.next("before"))).isEqualTo(2);
        }
    }

    private static SqlStore open(Database database) {
        return SqlStore.open(database, EngineTables.all(), List.of(EngineTables.MIGRATIONS), Clock.systemUTC());
    }

    @Override
    void takeAway(Database database) {
        assertThatThrownBy(() ->
                        DriverManager.getConnection("jdbc:derby:directory:" + home.resolve("db") + ";shutdown=true"))
                .isInstanceOf(SQLException.class);
    }
}
