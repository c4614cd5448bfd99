package xenith.engine.store;

class PostgresCommitInDoubtTest extends CommitInDoubtContract {
    @Override
    Database database() {
        return PostgresServer.shared().database();
    }
}
