package xenith.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the store does differently on one kind of database than on another. */
interface DatabaseKind {
    /** Where this kind's own migrations lie, beside those of all kinds. */
    List<String> migrations();

    /** Prepares a fresh connection. */
    void configure(Connection fresh) throws SQLException;

    /** To be called first in a transaction of several reads that must agree. */
    void readOneState(Connection connection) throws SQLException;

    /** Makes the database usable again after a failure, if that is this process's to do; a new connection follows. */
    void revive();

    /** After the last connection is closed. */
    void shutDown();

    /** @throws UnsupportedOperationException where that is not this process's to do */
    void backUp(Connection connection, Path directory) throws SQLException;

    /** What others commit; empty when nobody else can. */
    Optional<CommitLog> log(List<Table<?, ?>> tables);
}
