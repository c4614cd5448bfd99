package xenith.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the service is and who asks.
 *
 * @param home the cloud's home; empty when the environment says everything
 */
record Settings(Optional<Path> home, URI endpoint, String region, String accessKeyId, String secret) {
    private static final String KEYS = "xenithrc";

    /** Where they are read from, once they are needed. */
    @FunctionalInterface
    interface Source {
        Settings read() throws CommandException;
    }

    /**
     * Reads the environment if it speaks of a cloud, else the home's {@code xenith.conf} and {@code xenithrc}. An
     * environment that names another home than the one that is asked for, or none, does not speak of this cloud: what
     * stands in it may be a real AWS account's.
     *
     * @param ofHome whether the home's own keys are wanted whatever the environment holds
     * @throws CommandException if something is missing, naming it
     */
    static Settings read(Optional<Path> home, Map<String, String> environment, boolean ofHome) throws CommandException {
        Optional<String> endpoint =
                first(environment, "XENITH_ENDPOINT").or(() -> first(environment, "AWS_ENDPOINT_URL"));
        boolean speaks = endpoint.isPresent() && (home.isEmpty() || sameHome(home.get(), environment));
        if (speaks && !ofHome) {
            return new Settings(
                    home,
                    uri(endpoint.get()),
                    first(environment, "XENITH_REGION")
                            .or(() -> first(environment, "AWS_DEFAULT_REGION"))
                            .orElse("xenith"),
                    required(environment, "AWS_ACCESS_KEY_ID", "the environment"),
                    required(environment, "AWS_SECRET_ACCESS_KEY", "the environment"));
        }
        if (home.isEmpty()) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "say which cloud: --home DIR, or XENITH_ENDPOINT with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                            + " in the environment");
        }
        Map<String, String> configuration = lines(home.get().resolve("xenith.conf"));
        Path file = home.get().resolve(KEYS);
        Map<String, String> keys = lines(file);
        return new Settings(
                home,
                uri(ownEndpoint(configuration)),
                configuration.getOrDefault("cloud.region", "xenith"),
                required(keys, "AWS_ACCESS_KEY_ID", file.toString()),
                required(keys, "AWS_SECRET_ACCESS_KEY", file.toString()));
    }

    private static boolean sameHome(Path home, Map<String, String> environment) {
        Optional<Path> named = first(environment, "XENITH_HOME").map(Path::of);
        return environment.containsKey("XENITH_ENDPOINT")
                || named.map(other -> other.toAbsolutePath()
                                .normalize()
                                .equals(home.toAbsolutePath().normalize()))
                        .orElse(false);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "Settings[" + endpoint + ", " + accessKeyId + "]";
    }

    private static String ownEndpoint(Map<String, String> configuration) {
        String address = configuration.getOrDefault("gateway.address", "127.0.0.1");
        String known = address.equals("0.0.0.0") ? "127.0.0.1" : address;
        String host = known.contains(":") ? "[" + known + "]" : known;
        return "http://" + host + ":" + configuration.getOrDefault("gateway.port", "8773");
    }

    private static URI uri(String text) throws CommandException {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, as any other text that is no address.
        }
        throw new CommandException(ExitStatus.USAGE, "the endpoint '" + text + "' is not an http or https URL");
    }

    private static Optional<String> first(Map<String, String> map, String name) {
        return Optional.ofNullable(map.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> keys, String name, String where) throws CommandException {
        return first(keys, name).orElseThrow(() -> new CommandException(ExitStatus.USAGE, where + " has no " + name));
    }

    /** Lines {@code key = value} or {@code export KEY='value'}; comments are passed over. */
    private static Map<String, String> lines(Path file) throws CommandException {
        if (!Files.exists(file)) {
            throw new CommandException(ExitStatus.USAGE, file + " is not there: has the cloud been started?");
        }
        Map<String, String> values = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, UTF_8)) {
                int sign = line.indexOf('=');
                if (sign > 0 && !line.stripLeading().startsWith("#")) {
                    values.put(
                            line.substring(0, sign).replaceFirst("^export ", "").strip(),
                            unquoted(line.substring(sign + 1).strip()));
                }
            }
        } catch (IOException unreadable) {
            throw new CommandException(ExitStatus.USAGE, file + " cannot be read: " + unreadable.getMessage());
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("'\\''", "'") : value;
    }
}
