package xenith.engine.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to a database whose answers to commits are lost, and that may be out of reach afterwards. Thread-safe. */
final class FaultyConnections implements SqlTables.Connector {
    private static final String CONNECTION_FAILURE = "08006";

    volatile Fault nextCommit = Fault.NONE;
    volatile boolean outOfReach;

    private final Database database;

    FaultyConnections(Database database) {
        this.database = database;
    }

    /** What goes wrong with a commit; the connection is of no use afterwards. */
    enum Fault {
        NONE,
        LOST_AFTER,
        LOST_BEFORE
    }

    @Override
    public Connection connect() throws SQLException {
        if (outOfReach) {
            throw new SQLException("the database is out of reach", CONNECTION_FAILURE);
        }
        Connection real = database.connect();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && nextCommit != Fault.NONE) {
                        loseAnswer(real);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void loseAnswer(Connection real) throws SQLException {
        Fault fault = nextCommit;
        nextCommit = Fault.NONE;
        if (fault == Fault.LOST_AFTER) {
            real.commit();
        } else {
            real.rollback();
        }
        throw new SQLException("the connection was lost", CONNECTION_FAILURE);
    }
}
