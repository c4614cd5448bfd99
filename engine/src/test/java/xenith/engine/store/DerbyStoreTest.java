package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class DerbyStoreTest extends StoreContract {
    @TempDir
    Path home;

    @Override
    Database database() {
        return Database.embeddedIn(home.resolve("db"));
    }

    @Override
    void takeAway(Database database) {
        assertThatThrownBy(() ->
                        DriverManager.getConnection("jdbc:derby:directory:" + home.resolve("db") + ";shutdown=true"))
                .isInstanceOf(SQLException.class);
    }
}
