package xenith.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import xenith.security.PrivateFile;

/** A user's file for the shell: what EC2's clients read from the environment. Readable by its owner only. */
final class RcFile {
    static final String HELP =
            "Also make an access key and a certificate, and write this file for the user's shell (0600).";

    private RcFile() {}

    /** The command that adds a user, with credentials if a file is wanted for them. */
    static Object addUser(Values values, Api api) throws CommandException {
        Optional<String> rc = values.option("--rc");
        if (rc.isPresent()) {
            checkCanBeMade(rc.get());
        }
        String name = values.argument(0);
        Map<String, Object> body = values.body();
        body.put("name", name);
        Object user = api.post("/users", body);
        if (rc.isPresent()) {
            write(Path.of(rc.get()).toAbsolutePath().normalize(), api, name);
        }
        return user;
    }

    /** The command that adds a certificate. */
    static Object addCertificate(Values values, Api api) throws CommandException {
        Map<String, Object> body = new LinkedHashMap<>();
        Optional<String> file = values.option("--pem");
        if (file.isPresent()) {
            try {
                body.put("pem", Files.readString(Path.of(file.get()), UTF_8));
            } catch (IOException unreadable) {
                throw new CommandException(
                        ExitStatus.USAGE, "--pem " + file.get() + " cannot be read: " + unreadable.getMessage());
            }
        }
        return api.post(Api.path("users", values.argument(0), "certificates"), body);
    }

    /** Before anything is asked of the service, whose secrets are shown once. */
    private static void checkCanBeMade(String given) throws CommandException {
        Path file = Path.of(given).toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new CommandException(ExitStatus.USAGE, "--rc " + given + " is there already");
        }
        if (!Files.isWritable(file.getParent())) {
            throw new CommandException(ExitStatus.USAGE, "--rc " + given + ": its folder cannot be written");
        }
    }

    private static void write(Path file, Api api, String user) throws CommandException {
        Map<String, Object> key = Json.object(api.post(Api.path("users", user, "access-keys"), Map.of()));
        Map<String, Object> issued = Json.object(api.post(Api.path("users", user, "certificates"), Map.of()));
        Path certificate = file.resolveSibling(file.getFileName() + "-cert.pem");
        Path privateKey = file.resolveSibling(file.getFileName() + "-key.pem");
        try {
            PrivateFile.write(privateKey, text(issued, "privateKeyPem").getBytes(UTF_8));
            PrivateFile.write(certificate, text(issued, "certificatePem").getBytes(UTF_8));
            PrivateFile.write(
                    file,
                    content(api.settings(), text(key, "id"), text(key, "secretAccessKey"), certificate, privateKey)
                            .getBytes(UTF_8));
        } catch (IOException failed) {
            throw new CommandException(
                    ExitStatus.REFUSED,
                    "user " + user + " was added, but " + file + " cannot be written: " + failed.getMessage());
        }
    }

    private static String content(Settings settings, String keyId, String secret, Path certificate, Path privateKey) {
        Map<String, String> exports = new LinkedHashMap<>();
        settings.home()
                .ifPresent(home -> exports.put(
                        "XENITH_HOME", home.toAbsolutePath().normalize().toString()));
        exports.put("AWS_ACCESS_KEY_ID", keyId);
        exports.put("AWS_SECRET_ACCESS_KEY", secret);
        exports.put("AWS_DEFAULT_REGION", settings.region());
        exports.put("AWS_ENDPOINT_URL", settings.endpoint().toString());
        exports.put("EC2_URL", settings.endpoint().toString());
        exports.put("EC2_ACCESS_KEY", keyId);
        exports.put("EC2_SECRET_KEY", secret);
        exports.put("EC2_PRIVATE_KEY", privateKey.toString());
        exports.put("EC2_CERT", certificate.toString());
        StringBuilder text = new StringBuilder();
        exports.forEach((name, value) -> text.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        settings.home()
                .map(home -> home.toAbsolutePath().normalize().resolve("bin"))
                .filter(folder -> Files.exists(folder.resolve("aws")))
                .ifPresent(folder -> text.append("export PATH=")
                        .append(quoted(folder.toString()))
                        .append(":\"$PATH\"\n"));
        return text.toString();
    }

    /** For a POSIX shell. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private static String text(Map<String, Object> object, String member) {
        return String.valueOf(object.get(member));
    }
}
