package xenith.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a store's database is, and as whom it is opened.
 *
 * @param jdbcUrl as {@code jdbc:derby:directory:/path;create=true} or {@code jdbc:postgresql://host/database}
 * @param login empty where the database needs none, or its URL names it
 */
public record Database(String jdbcUrl, Optional<Login> login) {
    private static final String DERBY = "jdbc:derby:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** Who opens the database. Its text leaves the password out. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** @throws IllegalArgumentException when it is of a kind that the store does not know */
    public Database {
        if (!jdbcUrl.startsWith(DERBY) && !jdbcUrl.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("a database's URL begins with " + DERBY + " or " + POSTGRESQL);
        }
    }

    /** One that needs no login. */
    public static Database at(String jdbcUrl) {
        return new Database(jdbcUrl, Optional.empty());
    }

    /** An embedded one in that directory, made when it is first opened. */
    public static Database embeddedIn(Path directory) {
        return at(DERBY + "directory:" + directory + ";create=true");
    }

    /** Whether other processes can write it at the same time. */
    public boolean isShared() {
        return jdbcUrl.startsWith(POSTGRESQL);
    }

    DatabaseKind kind() {
        return isShared() ? new SharedPostgres() : new EmbeddedDerby(jdbcUrl);
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        login.ifPresent(known -> {
            properties.setProperty("user", known.user());
            properties.setProperty("password", known.password());
        });
        if (isShared()) {
            properties.putAll(SharedPostgres.CONNECTION);
        }
        return DriverManager.getConnection(jdbcUrl, properties);
    }
}
