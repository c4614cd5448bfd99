package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A cloud in a home of its own, started and ended by {@code ./xenith}. */
final class RunningCloud implements AutoCloseable {
    /** The checkout whose build is tested. */
    static final Path ROOT =
            Path.of(System.getProperty("xenith.root")).toAbsolutePath().normalize();

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final boolean homeIsOurs;
    private final List<String> upArguments;
    private Map<String, String> environment = Map.of();

    private RunningCloud(Path home, boolean homeIsOurs, List<String> upArguments) {
        this.home = home;
        this.homeIsOurs = homeIsOurs;
        this.upArguments = upArguments;
    }

    /** A cloud of simulated hosts, which serves. */
    static RunningCloud simulated(int hosts) {
        return start("xenith-", "--driver", "sim", "--hosts", Integer.toString(hosts));
    }

    /** A cloud with a private hypervisor and real guests, which serves. Its home's name has a blank. */
    static RunningCloud real() {
        return start("xenith home-");
    }

    /** A cloud on the lab's hosts, in the lab's home, which serves; with these settings in place of the defaults. */
    static RunningCloud lab(String... settings) {
        Path home = Path.of(System.getProperty("xenith.lab.home")).toAbsolutePath();
        try {
            // What another test has configured must not be this one's.
            Files.deleteIfExists(home.resolve("xenith.conf"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        RunningCloud cloud = start(home, false, "--lab");
        if (settings.length > 0) {
            cloud.xenith("down").succeeded();
            cloud.configure(settings);
            cloud.up().succeeded();
        }
        return cloud;
    }

    /**
     * A cloud that serves with these settings.
     *
     * @param copied files and folders that its home begins with
     */
    static RunningCloud configured(List<String> settings, Path... copied) {
        try {
            Path home = Files.createTempDirectory(Path.of("/tmp"), "xenith-");
            Files.write(home.resolve("xenith.conf"), settings);
            for (Path one : copied) {
                Commands.run(home, Map.of(), List.of("cp", "-a", one.toString(), home.toString()))
                        .succeeded();
            }
            return start(home, true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The cloud of a home that is there, beside the one that it is a copy of, which serves; the home goes with it. */
    static RunningCloud of(Path home) {
        return start(home, true, "--tls-port", "none");
    }

    private static RunningCloud start(String prefix, String... arguments) {
        try {
            return start(Files.createTempDirectory(Path.of("/tmp"), prefix), true, arguments);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static RunningCloud start(Path home, boolean homeIsOurs, String... arguments) {
        try {
            markBuilt();
            List<String> up = new ArrayList<>(List.of("--no-install", "--port", Integer.toString(freePort())));
            up.addAll(Arrays.asList(arguments));
            RunningCloud cloud = new RunningCloud(home, homeIsOurs, up);
            try {
                cloud.up().succeeded();
            } catch (AssertionError notUp) {
                cloud.close();
                throw notUp;
            }
            return cloud;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** {@code ./xenith up}, as it was first called, with what it printed. */
    CommandResult up() {
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(upArguments);
        CommandResult result = xenith(words.toArray(String[]::new));
        if (result.status() == 0) {
            environment = sourced();
        }
        return result;
    }

    /** Puts settings in the place of those of the same keys. */
    private void configure(String... settings) {
        Path file = home.resolve("xenith.conf");
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            for (String setting : settings) {
                String key = setting.substring(0, setting.indexOf('=') + 1);
                lines.removeIf(line -> line.startsWith(key));
                lines.add(setting);
            }
            Files.write(file, lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A command of the launcher on this home. */
    CommandResult xenith(String... words) {
        List<String> all = new ArrayList<>(List.of(ROOT.resolve("xenith").toString()));
        all.addAll(Arrays.asList(words));
        all.addAll(List.of("--home", home.toString()));
        return Commands.run(ROOT, Map.of(), all);
    }

    /** A command of a user who has read this cloud's xenithrc. */
    CommandResult run(String... words) {
        return Commands.run(home, environment, List.of(words));
    }

    /** The AWS command line's plain output for a call that must succeed. */
    String aws(String... words) {
        List<String> all = new ArrayList<>(List.of("aws", "--output", "text", "ec2"));
        all.addAll(Arrays.asList(words));
        return run(all.toArray(String[]::new)).succeeded();
    }

    /** Asks again until the answer is the one that is waited for. */
    static void await(String expected, Supplier<String> question) {
        await(expected, question, PATIENCE);
    }

    static void await(String expected, Supplier<String> question, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String answer = question.get();
        while (!answer.equals(expected)) {
            assertThat(System.nanoTime())
                    .as("waiting for '%s', seeing '%s'", expected, answer)
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            answer = question.get();
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    Path home() {
        return home;
    }

    long gatewayPid() {
        try {
            return Long.parseLong(Files.readString(home.resolve("xenith.pid")).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the gateway as a power cut would. */
    void killGateway() {
        ProcessHandle gateway = ProcessHandle.of(gatewayPid()).orElseThrow();
        gateway.destroyForcibly();
        await("gone", () -> gateway.isAlive() ? "there" : "gone");
    }

    @Override
    public void close() {
        if (Files.exists(home.resolve("xenith.conf"))) {
            xenith("down").succeeded();
        }
        if (!homeIsOurs) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Tells the launcher that what was packaged is to be run as it is. */
    /** Says that what Maven has just built is what the launcher would build. */
    static void markBuilt() throws IOException {
        Path built = ROOT.resolve("gateway/target/xenith/built");
        if (!Files.exists(built)) {
            Files.createFile(built);
        }
    }

    private Map<String, String> sourced() {
        CommandResult printed =
                Commands.run(home, Map.of(), List.of("sh", "-c", ". \"$0\"/xenithrc && env -0", home.toString()));
        Map<String, String> variables = new HashMap<>();
        for (String variable : printed.succeeded().split("\0", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return Map.copyOf(variables);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
