package xenith.engine.store;

class PostgresUpgradeTest extends UpgradeContract {
    @Override
    Database database() {
        return PostgresServer.shared().database();
    }
}
