package xenith.engine.store;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Derby in this process, which nobody else can open. */
final class EmbeddedDerby implements DatabaseKind {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDerby.class);

    /** What Derby answers when the one database is shut down, and when it was so already. */
    private static final Set<String> SHUT_DOWN_STATES = Set.of("08006", "XJ004");

    private static final String BACK_UP = "CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)";

    private final String jdbcUrl;

    EmbeddedDerby(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    @Override
    public List<String> migrations() {
        return List.of();
    }

    @Override
    public void configure(Connection fresh) {}

    @Override
    public void readOneState(Connection connection) {}

    /** One whose disk was full takes no change, however empty the disk is now, before it has been started again. */
    @Override
    public void revive() {
        shutDown();
    }

    /** It is left in order only by a connection attempt that always fails. */
    @Override
    public void shutDown() {
        try {
            DriverManager.getConnection(jdbcUrl.replaceAll(";create=true", "") + ";shutdown=true")
                    .close();
        } catch (SQLException ended) {
            if (!SHUT_DOWN_STATES.contains(ended.getSQLState())) {
                LOG.warn("the database did not shut down", ended);
            }
        }
    }

    @Override
    public void backUp(Connection connection, Path directory) throws SQLException {
        try (CallableStatement backup = connection.prepareCall(BACK_UP)) {
            backup.setString(1, directory.toString());
            backup.execute();
        }
        connection.commit();
    }

    @Override
    public Optional<CommitLog> log(List<Table<?, ?>> tables) {
        return Optional.empty();
    }
}
