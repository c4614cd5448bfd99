package xenith.engine.store;

import java.sql.SQLException;

/** The database was asked to commit, and did not say whether it did. */
final class CommitInDoubtException extends SQLException {
    private static final long serialVersionUID = 1L;

    CommitInDoubtException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
