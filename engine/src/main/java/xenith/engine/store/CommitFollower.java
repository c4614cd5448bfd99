package xenith.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when other processes have committed: as soon as the database announces it, and from time to time anyway. */
final class CommitFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitFollower.class);

    /** How long a state may lag when an announcement was lost; and how often a lost connection is tried again. */
    static final int LONGEST_PAUSE_MILLIS = 1_000;

    private final int longestPauseMillis;
    private final SqlTables.Connector connector;
    private final String ownName;
    private final Runnable others;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Connection listening;

    /**
     * Begins nothing yet.
     *
     * @param ownName what this process's own commits are announced by
     * @param longestPauseMillis after which others are asked for without an announcement
     * @param others called when others have committed, or may have
     */
    CommitFollower(SqlTables.Connector connector, String ownName, int longestPauseMillis, Runnable others) {
        this.longestPauseMillis = longestPauseMillis;
        this.connector = connector;
        this.ownName = ownName;
        this.others = others;
        this.thread = new Thread(this::followUntilClosed, "store-follower");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        // A thread that waits for announcements ends with its connection.
        leave();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void followUntilClosed() {
        while (closed.getCount() > 0) {
            try (Connection connection = connector.connect()) {
                listening = connection;
                listen(connection);
            } catch (SQLException failure) {
                LOG.debug("announcements of commits are not heard", failure);
            }
            others.run();
            rest();
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CommitLog.CHANNEL);
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        others.run();
        while (closed.getCount() > 0) {
            PGNotification[] announced = postgres.getNotifications(longestPauseMillis);
            if (announced == null || announced.length == 0 || isByOthers(announced)) {
                others.run();
            }
        }
    }

    private boolean isByOthers(PGNotification... announced) {
        for (PGNotification one : announced) {
            if (!one.getParameter().equals(ownName)) {
                return true;
            }
        }
        return false;
    }

    private void rest() {
        try {
            boolean unused = closed.await(longestPauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        Connection open = listening;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException failure) {
                LOG.debug("the connection for announcements did not close", failure);
            }
        }
    }
}
