package xenith.engine.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DerbyUpgradeTest extends UpgradeContract {
    @TempDir
    Path home;

    @Override
    Database database() {
        return Database.embeddedIn(home.resolve("db"));
    }
}
