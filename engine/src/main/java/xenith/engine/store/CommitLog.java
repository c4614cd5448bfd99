package xenith.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.Event;

/**
 * The commits of all processes that write a database, in their order. Whoever is about to commit takes the turn first,
 * reads what others have committed, and works on that; so their units of work are one sequence, as if one process ran all
 * of them. Each commit is one row. Not thread-safe, but for {@link #writer}.
 */
final class CommitLog {
    /** The channel on which each commit is announced, with who has made it. */
    static final String CHANNEL = "xenith_commits";

    /** Who is further behind than this reads all tables anew; at 100 commits a second it is more than three minutes. */
    static final int KEPT_COMMITS = 20_000;

    private static final int COMMITS_PER_CLEARING = 1_000;

    private static final String TAKE_TURN =
            "SELECT value_ FROM counters WHERE name = '" + Counters.COMMITS + "' FOR UPDATE";
    private static final String LOOK = "SELECT value_ FROM counters WHERE name = '" + Counters.COMMITS + "'";
    private static final String SELECT =
            "SELECT changes FROM commits WHERE commit_number > ? AND commit_number <= ? ORDER BY commit_number";
    private static final String INSERT = "INSERT INTO commits (commit_number, writer, changes) VALUES (?, ?, ?)";
    private static final String CLEAR = "DELETE FROM commits WHERE commit_number <= ?";
    private static final String MADE_BY = "SELECT 1 FROM commits WHERE commit_number = ? AND writer = ?";
    private static final String ANNOUNCE = "SELECT pg_notify('" + CHANNEL + "', ?)";

    /** This process's name in the log. */
    private final String writer = UUID.randomUUID().toString();

    private final CommitText text;

    CommitLog(List<Table<?, ?>> tables) {
        this.text = new CommitText(tables);
    }

    String writer() {
        return writer;
    }

    /** Waits until no other process commits, and keeps it so until the transaction ends: the number of the last commit. */
    long takeTurn(Connection connection) throws SQLException {
        return number(connection, TAKE_TURN);
    }

    /** The number of the last commit, without a turn. */
    long last(Connection connection) throws SQLException {
        return number(connection, LOOK);
    }

    /** Writes this process's next commit down, within its transaction. */
    void append(Connection connection, long number, List<Change<?, ?>> changes, List<Event> events)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, number);
            insert.setString(2, writer);
            insert.setString(3, CommitText.write(changes, events));
            insert.executeUpdate();
        }
        if (number % COMMITS_PER_CLEARING == 0) {
            try (PreparedStatement clear = connection.prepareStatement(CLEAR)) {
                clear.setLong(1, number - KEPT_COMMITS);
                clear.executeUpdate();
            }
        }
        try (PreparedStatement announce = connection.prepareStatement(ANNOUNCE)) {
            announce.setString(1, writer);
            announce.execute();
        }
    }

    /**
     * The commits that follow on a state, up to that number.
     *
     * @return empty when the log does not reach back so far
     * @throws SQLException also when another version of this program has written them
     */
    Optional<List<Committed>> since(Connection connection, Snapshot known, long lastEvent, long number)
            throws SQLException {
        long from = Counters.commits(known);
        List<Committed> commits = new ArrayList<>();
        Snapshot state = known;
        long event = lastEvent;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, from);
            select.setLong(2, number);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    Committed commit = read(result.getString(1), state, event);
                    commits.add(commit);
                    state = commit.state();
                    event = commit.lastEvent();
                }
            }
        }
        return commits.size() == number - from ? Optional.of(commits) : Optional.empty();
    }

    private Committed read(String changes, Snapshot state, long lastEvent) throws SQLException {
        try {
            return text.read(changes, state, lastEvent);
        } catch (IllegalArgumentException unknown) {
            throw new SQLException(unknown.getMessage(), unknown);
        }
    }

    /** Whether that commit is there and this process's; to be asked in turn, since it may still be on its way otherwise. */
    boolean hasOwn(Connection connection, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(MADE_BY)) {
            select.setLong(1, number);
            select.setString(2, writer);
            try (ResultSet result = select.executeQuery()) {
                return result.next();
            }
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet result = select.executeQuery()) {
            if (!result.next()) {
                throw new SQLException("the database has lost its count of commits");
            }
            return result.getLong(1);
        }
    }
}
