package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.gateway.http.ServerKeys;
import xenith.security.PrivateFile;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.CertifiedKey;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.IssuedCertificate;

/**
 * The certificate by which the gateway proves itself to TLS clients: the site's own, or one that the cloud's authority
 * issues and renews. Either is replaced without a restart when its files change. For one thread at a time.
 */
final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    private static final Duration VALIDITY = Duration.ofDays(90);
    /** What is left of it when it is renewed. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private final Path certificateFile;
    private final Path keyFile;
    private final Optional<Issuer> issuer;
    private ServerKeys keys;
    private Stamp read;

    private record Issuer(CertificateAuthority authority, List<String> names, Clock clock) {
        String line() {
            return String.join(" ", names) + "\n";
        }
    }

    /** By which a change of the two files is known. */
    private record Stamp(FileTime certificate, long certificateBytes, FileTime key, long keyBytes) {}

    private ServerCertificate(Path certificateFile, Path keyFile, Optional<Issuer> issuer) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.issuer = issuer;
    }

    /**
     * Of the site: PEM files, the certificate followed by those of the authorities between it and the clients' own, and
     * the key as RSA in PKCS#8.
     *
     * @throws IOException when they cannot be read
     * @throws InvalidCertificateException when they are not what they should be, or do not belong together
     */
    static ServerCertificate ofSite(Path certificate, Path key) throws IOException, InvalidCertificateException {
        ServerCertificate made = new ServerCertificate(certificate, key, Optional.empty());
        made.open();
        return made;
    }

    /**
     * Of the authority, for these names, in {@code cert.pem} and {@code key.pem} of the folder.
     *
     * @param names host names and IP addresses; the first is the common name
     */
    static ServerCertificate issued(Path folder, CertificateAuthority authority, List<String> names, Clock clock)
            throws IOException, InvalidCertificateException {
        ServerCertificate made = new ServerCertificate(
                folder.resolve("cert.pem"),
                folder.resolve("key.pem"),
                Optional.of(new Issuer(authority, names, clock)));
        made.renewIfDue();
        made.open();
        return made;
    }

    ServerKeys keys() {
        return keys;
    }

    /** Renews what is about to expire, and serves with what has changed. What cannot be used leaves the former in use. */
    void refresh() {
        try {
            renewIfDue();
            Stamp now = stamp();
            if (!now.equals(read)) {
                CertifiedKey content = content();
                keys.replace(content);
                read = now;
                LOG.info(
                        "TLS certificate replaced; valid until {}",
                        content.certificate().getNotAfter().toInstant());
            }
        } catch (IOException | InvalidCertificateException | IllegalArgumentException unusable) {
            LOG.warn("the TLS certificate in {} is not used: {}", certificateFile, unusable.getMessage());
        }
    }

    private void open() throws IOException, InvalidCertificateException {
        Stamp now = stamp();
        keys = new ServerKeys(content());
        read = now;
    }

    private void renewIfDue() throws IOException {
        if (issuer.isEmpty() || isGood(issuer.get())) {
            return;
        }
        Issuer by = issuer.get();
        IssuedCertificate fresh = by.authority().issueServer(by.names(), VALIDITY);
        Files.createDirectories(certificateFile.getParent());
        // Without this file what the others are for is unknown, and they are made again.
        Files.deleteIfExists(namesFile());
        PrivateFile.write(keyFile, fresh.privateKeyPem().getBytes(US_ASCII));
        PrivateFile.write(certificateFile, fresh.certificatePem().getBytes(US_ASCII));
        Files.writeString(namesFile(), by.line());
    }

    private Path namesFile() {
        return certificateFile.resolveSibling("names");
    }

    private boolean isGood(Issuer by) throws IOException {
        if (!Files.exists(namesFile()) || !Files.readString(namesFile()).equals(by.line())) {
            return false;
        }
        try {
            X509Certificate own = content().certificate();
            own.verify(by.authority().certificate().getPublicKey());
            return own.getNotAfter().toInstant().isAfter(by.clock().instant().plus(RENEWED_BEFORE));
        } catch (InvalidCertificateException | GeneralSecurityException another) {
            return false;
        }
    }

    private CertifiedKey content() throws IOException, InvalidCertificateException {
        return CertifiedKey.read(certificateFile, keyFile);
    }

    private Stamp stamp() throws IOException {
        return new Stamp(
                Files.getLastModifiedTime(certificateFile),
                Files.size(certificateFile),
                Files.getLastModifiedTime(keyFile),
                Files.size(keyFile));
    }
}
