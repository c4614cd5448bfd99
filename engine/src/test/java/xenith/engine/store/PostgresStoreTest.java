package xenith.engine.store;

class PostgresStoreTest extends StoreContract {
    @Override
    Database database() {
        return PostgresServer.shared().database();
    }

    @Override
    void takeAway(Database database) {
        PostgresServer.shared().crash();
        PostgresServer.shared().start();
    }
}
