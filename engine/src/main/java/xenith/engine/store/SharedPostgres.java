package xenith.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server, which several processes write. */
final class SharedPostgres implements DatabaseKind {
    /**
     * A server that is gone without a word is not waited for longer than this; and what a failed statement was about, such
     * as a machine's user data, is nothing for the log.
     */
    static final Map<String, String> CONNECTION = Map.of(
            "ApplicationName", "xenith",
            "logServerErrorDetail", "false",
            "connectTimeout", "5",
            "socketTimeout", "30",
            "tcpKeepAlive", "true");

    /**
     * A process that stops in the middle of a commit keeps the others waiting no longer than the first of these; the
     * second is the time after which who waits gives up, and has to be longer. The keep-alives have the server find out as
     * soon that a process's machine is gone. A server that acknowledges what it may lose is told not to.
     */
    private static final String SESSION = "SET idle_in_transaction_session_timeout = 5000; SET lock_timeout = 10000;"
            + " SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;"
            + " SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    @Override
    public List<String> migrations() {
        return List.of("classpath:xenith/engine/store/postgresql");
    }

    @Override
    public void configure(Connection fresh) throws SQLException {
        try (Statement statement = fresh.createStatement()) {
            statement.execute(SESSION);
        }
        fresh.commit();
    }

    @Override
    public void readOneState(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
    }

    @Override
    public void revive() {}

    @Override
    public void shutDown() {}

    @Override
    public void backUp(Connection connection, Path directory) {
        throw new UnsupportedOperationException("the database is a PostgreSQL server's: pg_dump copies it");
    }

    @Override
    public Optional<CommitLog> log(List<Table<?, ?>> tables) {
        return Optional.of(new CommitLog(tables));
    }
}
