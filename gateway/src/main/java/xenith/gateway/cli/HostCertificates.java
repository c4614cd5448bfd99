package xenith.gateway.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import xenith.security.PrivateFile;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.IssuedCertificate;
import xenith.security.x509.Pem;

/**
 * Certificates with which libvirt on hosts and its clients know each other, under the names that libvirt looks for.
 * Nothing is asked of the service: what is needed lies in the home.
 *
 * <p>Their authority is another than the users': whoever has a certificate of it may do everything on every host.
 */
final class HostCertificates {
    static final String SUMMARY = "Issues a certificate for libvirt on a host, or for a client of it.";

    /** Within the home. */
    private static final Path AUTHORITY = Path.of("ca", "hosts");

    private static final Duration VALIDITY = Duration.ofDays(825);
    /** X.520's bound of a common name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:-]{0,252}");

    private HostCertificates() {}

    /** The command. */
    static Object write(Values values, Api api) throws CommandException {
        Path home = values.home().orElseThrow(() -> misunderstood("say which cloud: --home DIR"));
        Path directory = Path.of(values.option("--out").orElseThrow(() -> misunderstood("--out DIR is missing")));
        String name = checked("NAME", values.argument(0), NAME);
        List<String> names = names(name, values.option("--address"));
        boolean isClient = values.flag("--client");
        if (isClient && names.size() > 1) {
            throw misunderstood("--address is for a host's certificate, not for --client");
        }
        try {
            CertificateAuthority authority = CertificateAuthority.openOrCreate(
                    home.resolve(AUTHORITY), "Xenith hosts' certificate authority", Clock.systemUTC());
            IssuedCertificate issued =
                    isClient ? authority.issueClient(name, VALIDITY) : authority.issueServer(names, VALIDITY);
            return write(directory, isClient ? "client" : "server", authority, issued);
        } catch (InvalidCertificateException | IOException failed) {
            throw new CommandException(ExitStatus.REFUSED, "no certificate was written: " + failed.getMessage());
        } catch (IllegalArgumentException notAnAddress) {
            throw misunderstood("--address " + values.option("--address").orElse("") + " has an invalid IP address");
        }
    }

    private static Object write(Path directory, String kind, CertificateAuthority authority, IssuedCertificate issued)
            throws IOException {
        Files.createDirectories(directory);
        Map<String, Object> written = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        files.put(kind + "key.pem", issued.privateKeyPem());
        files.put(kind + "cert.pem", issued.certificatePem());
        files.put("cacert.pem", Pem.of(authority.certificate()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            PrivateFile.write(directory.resolve(file.getKey()), file.getValue().getBytes(US_ASCII));
        }
        written.put("subject", issued.certificate().getSubjectX500Principal().getName());
        written.put("notAfter", issued.certificate().getNotAfter().toInstant().toString());
        written.put("directory", directory.toString());
        written.put("files", String.join(" ", files.keySet()));
        return written;
    }

    private static List<String> names(String name, Optional<String> addresses) throws CommandException {
        List<String> names = new ArrayList<>(List.of(name));
        if (addresses.isPresent()) {
            for (String address : addresses.get().split(",", -1)) {
                names.add(checked("--address", address, ADDRESS));
            }
        }
        return names;
    }

    private static String checked(String what, String given, Pattern pattern) throws CommandException {
        if (!pattern.matcher(given).matches()) {
            throw misunderstood(what + " '" + given + "' does not match " + pattern);
        }
        return given;
    }

    private static CommandException misunderstood(String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }
}
