package xenith.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of Debian's package, in a temporary folder, on a port of its own on the loopback. It refuses to run
 * as root; then it runs as nobody.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "xenith";
    private static final long PATIENCE_MILLIS = 60_000;

    private static PostgresServer shared;

    private final Path folder;
    private final Path programs;
    private final List<String> asWhom;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private Process server;
    private int databases;

    /** One for all tests of this process; it ends with the process. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = new PostgresServer();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Makes a new one and starts it. */
    public PostgresServer() {
        try {
            this.programs = programs();
            this.folder = Files.createTempDirectory("xenith-postgres");
            boolean root = ProcessHandle.current().info().user().orElse("").equals("root");
            this.asWhom =
                    root ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--") : List.of();
            Path passwordFile = folder.resolve("password");
            Files.writeString(passwordFile, password);
            if (root) {
                run(List.of("chown", "-R", "nobody:nogroup", folder.toString()));
            }
            List<String> initdb = new ArrayList<>(asWhom);
            initdb.addAll(List.of(programs.resolve("initdb").toString(), "-D", data(), "-U", USER, "-E", "UTF8"));
            initdb.addAll(
                    List.of("--no-locale", "--no-sync", "-A", "scram-sha-256", "--pwfile", passwordFile.toString()));
            run(initdb);
            this.port = freePort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start();
    }

    /** The URL of a database, for whoever knows {@link #login}. */
    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public Database.Login login() {
        return new Database.Login(USER, password);
    }

    /** A new and empty one. */
    public synchronized Database database() {
        databases++;
        String name = "cloud" + databases;
        execute("CREATE DATABASE " + name);
        return new Database(url(name), Optional.of(login()));
    }

    /** The same database, opened as a user of that name, who may be cut off from it. */
    public Database as(Database database, String user) {
        execute("CREATE ROLE " + user + " SUPERUSER LOGIN PASSWORD '" + password + "'");
        return new Database(database.jdbcUrl(), Optional.of(new Database.Login(user, password)));
    }

    /** Ends the user's connections, and takes no new ones, until {@link #letIn}. */
    public void cutOff(String user) {
        execute("ALTER ROLE " + user + " NOLOGIN");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + user + "'");
    }

    public void letIn(String user) {
        execute("ALTER ROLE " + user + " LOGIN");
    }

    /** Starts it, if it does not run, and waits until it answers. */
    public synchronized void start() {
        if (server != null && server.isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(asWhom);
        command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data(), "-p", Integer.toString(port)));
        // The machine does not lose its power in these tests, and nothing but the loopback is listened to.
        command.addAll(
                List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"));
        try {
            server = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!answers()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL does not start; see " + folder.resolve("log"));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Ends it at once, as a crash would: connections are cut, and the next start recovers. */
    public synchronized void crash() {
        stop("QUIT");
    }

    @Override
    public synchronized void close() {
        stop("INT");
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void stop(String signal) {
        if (server == null || !server.isAlive()) {
            return;
        }
        try {
            run(List.of("kill", "-s", signal, Long.toString(server.pid())));
            if (!server.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("PostgreSQL does not end");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.exists(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException(
                            "these tests need a PostgreSQL server: apt-get install postgresql"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed: " + output);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
