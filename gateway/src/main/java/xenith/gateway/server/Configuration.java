package xenith.gateway.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import xenith.engine.model.Host;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.store.Database;

/**
 * What HOME/xenith.conf says. The file's comments are its reference.
 *
 * @param port 0 for any that is free
 * @param driverCommand the program of {@link Driver#PROCESS} and its arguments; empty for none
 */
record Configuration(
        InetAddress address,
        int port,
        Tls tls,
        Optional<Database> database,
        String region,
        String zone,
        Driver driver,
        List<String> driverCommand,
        String localHostUri,
        int simulatedHosts,
        long simulationSeed,
        Optional<Path> simulatedWorld,
        Optional<Path> imageDirectory,
        boolean bootstrapsImage,
        VirtualNetwork network,
        boolean acceptsSha1,
        Set<String> acceptedRegions,
        boolean longIds,
        String placementPolicy,
        Optional<Path> fencingCommand,
        boolean restartsMachines,
        int fencingAfterSeconds,
        String logLevel) {
    private static final String NO_HOST = "none";
    private static final String HOST_NAME = "[A-Za-z0-9*]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9a-fA-F]*:[0-9a-fA-F:]+";
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

    /**
     * The listener for TLS.
     *
     * @param port 0 for none
     * @param names further names by which clients know the gateway
     * @param certificate of the site, as PEM; empty for one of the cloud's own authority
     * @param key that certificate's
     */
    record Tls(InetAddress address, int port, List<String> names, Optional<Path> certificate, Optional<Path> key) {
        boolean isOn() {
            return port > 0;
        }
    }

    /** What runs the guests. */
    enum Driver {
        LIBVIRT,
        PROCESS,
        SIM;

        /** As the file has it, and as hosts carry it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationException with everything that is wrong in it at once, each with its line
     * @throws IOException when it cannot be read
     */
    static Configuration read(Path file) throws IOException, ConfigurationException {
        List<String> problems = new ArrayList<>();
        if (!Files.exists(file)) {
            throw new ConfigurationException(file, List.of("there is no such file; ./xenith up makes it"));
        }
        Map<String, Setting> settings = settings(Files.readAllLines(file), problems);
        Reader reader = new Reader(settings, problems);
        Configuration configuration = new Configuration(
                reader.address("gateway.address", "127.0.0.1"),
                (int) reader.number("gateway.port", 8773, 1, 65_535),
                reader.tls(),
                reader.database(),
                reader.matching("cloud.region", "xenith", NAME),
                reader.matching("cloud.zone", "xenith-a", NAME),
                reader.driver(),
                reader.driverCommand(),
                reader.text("host.local.uri", "qemu:///system"),
                (int) reader.number("sim.hosts", 1, 1, 10_000),
                reader.number("sim.seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                reader.directory("sim.world"),
                reader.directory("image.directory"),
                reader.oneOf("image.bootstrap", "mini", "mini", "none").equals("mini"),
                reader.network(),
                reader.oneOf("security.soap.sha1", "allow", "allow", "refuse").equals("allow"),
                reader.names("ec2.acceptedRegions", "us-east-1"),
                reader.oneOf("ec2.idLength", "short", "short", "long").equals("long"),
                reader.oneOf("placement.policy", "striping", "striping", "packing"),
                reader.program("recovery.fencing.command"),
                reader.oneOf("recovery.policy", "restart", "restart", "leave").equals("restart"),
                (int) reader.number("recovery.afterSeconds", 60, 5, 86_400),
                reader.oneOf("log.level", "info", "error", "warn", "info", "debug", "trace"));
        if (configuration.driver() == Driver.PROCESS
                && reader.text("driver.command", "").isEmpty()) {
            problems.add("driver process needs driver.command, the absolute path of its program");
        }
        settings.values().stream()
                .filter(setting -> !reader.asked.contains(setting.key()))
                .forEach(setting -> problems.add("line " + setting.line() + ": there is no setting '" + setting.key()
                        + "'; the settings are " + String.join(", ", reader.asked)));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(file, problems);
        }
        return configuration;
    }

    /** Whether a host is this home's own hypervisor, which starts and stops with the cloud. */
    boolean isPrivate(Host host) {
        return hasPrivateHypervisor() && host.name().equals(ConfiguredHosts.LOCAL);
    }

    /** Whether the first host is the one that the launcher starts in the home. */
    boolean hasPrivateHypervisor() {
        return driver == Driver.LIBVIRT
                && (localHostUri.contains("/hypervisor/sockets/") || localHostUri.contains("/run/xenith-"));
    }

    /** Whether there is a first host beside those that operators add. */
    boolean hasLocalHost() {
        return driver != Driver.SIM && !localHostUri.equals(NO_HOST);
    }

    /** The address as URLs have it. One that stands for all of them is reached at the loopback's, among others. */
    static String hostInUrl(InetAddress address) {
        String text = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }

    private record Setting(String key, String value, int line) {}

    private static Map<String, Setting> settings(List<String> lines, List<String> problems) {
        Map<String, Setting> settings = new HashMap<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int number = index + 1;
            int equals = line.indexOf('=');
            if (equals < 0) {
                problems.add("line " + number + ": '" + line + "' is not KEY = VALUE");
                continue;
            }
            String key = line.substring(0, equals).strip();
            Setting earlier = settings.put(
                    key, new Setting(key, line.substring(equals + 1).strip(), number));
            if (earlier != null) {
                problems.add("line " + number + ": '" + key + "' stands in line " + earlier.line() + " already");
            }
        }
        return settings;
    }

    /** Takes settings out by name, and notes what is wrong with them. */
    private static final class Reader {
        private final Map<String, Setting> settings;
        private final List<String> problems;
        private final Set<String> asked = new LinkedHashSet<>();

        Reader(Map<String, Setting> settings, List<String> problems) {
            this.settings = settings;
            this.problems = problems;
        }

        String text(String key, String standard) {
            asked.add(key);
            Setting setting = settings.get(key);
            return setting == null ? standard : setting.value();
        }

        String matching(String key, String standard, String pattern) {
            String value = text(key, standard);
            return value.matches(pattern) ? value : wrong(key, value, "must match " + pattern, standard);
        }

        String oneOf(String key, String standard, String... values) {
            String value = text(key, standard);
            return Arrays.asList(values).contains(value)
                    ? value
                    : wrong(key, value, "is none of " + String.join(", ", values), standard);
        }

        long number(String key, long standard, long least, long most) {
            String value = text(key, Long.toString(standard));
            String limits = "is not a whole number from " + least + " to " + most;
            try {
                long number = Long.parseLong(value);
                return number >= least && number <= most ? number : wrong(key, value, limits, standard);
            } catch (NumberFormatException malformed) {
                return wrong(key, value, limits, standard);
            }
        }

        Set<String> names(String key, String standard) {
            return Arrays.stream(text(key, standard).split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(name -> name.matches(NAME) ? name : wrong(key, name, "must match " + NAME, standard))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** An address, never a name: looking names up at the start would make it depend on somebody else. */
        InetAddress address(String key, String standard) {
            String value = text(key, standard);
            try {
                return value.matches("[0-9.]+|[0-9a-fA-F:]+")
                        ? InetAddress.getByName(value)
                        : wrong(key, value, "is not an IP address", InetAddress.getLoopbackAddress());
            } catch (UnknownHostException malformed) {
                return wrong(key, value, "is not an IP address", InetAddress.getLoopbackAddress());
            }
        }

        Tls tls() {
            Optional<Path> certificate = file("gateway.tls.certificate");
            Optional<Path> key = file("gateway.tls.key");
            if (certificate.isPresent() != key.isPresent()) {
                problems.add("gateway.tls.certificate and gateway.tls.key are both needed, or neither");
            }
            return new Tls(
                    address("gateway.tls.address", "127.0.0.1"),
                    text("gateway.tls.port", "none").equals("none")
                            ? 0
                            : (int) number("gateway.tls.port", 0, 1, 65_535),
                    hostNames("gateway.tls.names"),
                    certificate,
                    key);
        }

        private List<String> hostNames(String key) {
            return Arrays.stream(text(key, "").split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(name ->
                            name.matches(HOST_NAME) ? name : wrong(key, name, "is no host name or IP address", name))
                    .toList();
        }

        /** A file by its absolute path; empty for none. */
        private Optional<Path> file(String key) {
            String value = text(key, "");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Path file = Path.of(value);
            return file.isAbsolute() && Files.isReadable(file)
                    ? Optional.of(file)
                    : wrong(key, value, "is not the absolute path of a file that can be read", Optional.empty());
        }

        /** By its absolute path; empty for the home's own. */
        Optional<Path> directory(String key) {
            String value = text(key, "");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            return value.startsWith("/")
                    ? Optional.of(Path.of(value))
                    : wrong(key, value, "is not an absolute path", Optional.empty());
        }

        /** A program by its absolute path; empty for none. */
        Optional<Path> program(String key) {
            String value = text(key, "");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Path program = Path.of(value);
            return program.isAbsolute() && Files.isExecutable(program)
                    ? Optional.of(program)
                    : wrong(key, value, "is not the absolute path of a program", Optional.empty());
        }

        /** Empty for the home's own. */
        Optional<Database> database() {
            String url = text("database.url", "");
            String user = text("database.user", "");
            String password = password();
            if (url.isEmpty()) {
                return Optional.empty();
            }
            if (!url.startsWith("jdbc:postgresql://")) {
                return wrong("database.url", url, "does not begin with jdbc:postgresql://", Optional.empty());
            }
            if (url.contains("password")) {
                // Which is kept out of this message, too.
                return wrong(
                        "database.url", "...", "holds a password: database.passwordFile is for it", Optional.empty());
            }
            return Optional.of(new Database(
                    url,
                    Optional.of(user).filter(name -> !name.isEmpty()).map(name -> new Database.Login(name, password))));
        }

        /** The file's first line; a file that others may read holds no secret. */
        private String password() {
            String file = text("database.passwordFile", "");
            if (file.isEmpty()) {
                return "";
            }
            try {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(Path.of(file));
                if (permissions.contains(PosixFilePermission.OTHERS_READ)
                        || permissions.contains(PosixFilePermission.GROUP_READ)) {
                    return wrong("database.passwordFile", file, "may be read by others: chmod 600 it", "");
                }
                return Files.readString(Path.of(file)).lines().findFirst().orElse("");
            } catch (IOException | InvalidPathException unreadable) {
                return wrong("database.passwordFile", file, "cannot be read", "");
            }
        }

        Driver driver() {
            String word = oneOf("driver", "libvirt", "libvirt", "process", "sim");
            return Driver.valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** A program by its absolute path and its arguments, with blanks between; a shell never sees them. */
        List<String> driverCommand() {
            List<String> words = List.of(text("driver.command", "").strip().split("\\s+"));
            if (words.get(0).isEmpty()) {
                return List.of();
            }
            Path program = Path.of(words.get(0));
            return program.isAbsolute() && Files.isExecutable(program)
                    ? words
                    : wrong("driver.command", words.get(0), "is not the absolute path of a program", List.of());
        }

        VirtualNetwork network() {
            String subnet = text("network.subnet", "10.84.0.0/16");
            String first = text("network.first", "10.84.0.16");
            String last = text("network.last", "10.84.255.254");
            String gateway = text("network.gateway", "10.84.0.1");
            try {
                return new VirtualNetwork(
                        new NetworkId(1),
                        "default",
                        text("network.bridge", "xenbr0"),
                        Subnet.parse(subnet),
                        Ipv4.parse(first),
                        Ipv4.parse(last),
                        Ipv4.parse(gateway));
            } catch (IllegalArgumentException wrong) {
                problems.add("network: " + wrong.getMessage());
                return null;
            }
        }

        private <T> T wrong(String key, String value, String why, T standard) {
            Setting setting = settings.get(key);
            problems.add("line " + (setting == null ? 0 : setting.line()) + ": " + key + " '" + value + "' " + why);
            return standard;
        }
    }
}
