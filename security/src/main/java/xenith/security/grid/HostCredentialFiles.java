package xenith.security.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.security.x509.CertificateStrength;
import xenith.security.x509.CertifiedKey;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.Pem;

/**
 * A host's certificate and key in two PEM files, {@code hostcert.pem} and {@code hostkey.pem} by convention. Read again
 * when they have changed; while the new ones cannot be used, as between the replacement of the one and of the other, the
 * old ones stay in use until they expire. Thread-safe.
 */
public final class HostCredentialFiles {
    private static final Logger LOG = LoggerFactory.getLogger(HostCredentialFiles.class);

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path certificateFile;
    private final Path keyFile;
    private final Clock clock;
    private final FileCache<List<X509Certificate>> certificates =
            new FileCache<>((file, bytes) -> Pem.certificates(new String(bytes, ISO_8859_1)));
    private final FileCache<PrivateKey> keys = new FileCache<>(HostCredentialFiles::key);
    private volatile CertifiedKey last;
    private volatile String lastProblem = "";

    public HostCredentialFiles(Path certificateFile, Path keyFile, Clock clock) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.clock = clock;
    }

    private static PrivateKey key(Path file, byte[] content) throws InvalidCertificateException, IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(permissions)) {
            throw new InvalidCertificateException("others than its owner have access to it: chmod it to 0600 or 0400");
        }
        return Pem.privateKey(new String(content, ISO_8859_1));
    }

    /**
     * The credential to use now.
     *
     * @throws UnusableFileException if a file is missing or damaged, they do not belong together, the key lies open, or
     *     the certificate is not valid now or too weak, and there is no earlier credential that still is good
     */
    public CertifiedKey current() throws UnusableFileException {
        try {
            CertifiedKey credential = read();
            last = credential;
            lastProblem = "";
            return credential;
        } catch (UnusableFileException e) {
            CertifiedKey kept = last;
            if (kept == null || isExpired(kept)) {
                throw e;
            }
            if (!e.getMessage().equals(lastProblem)) {
                LOG.warn("The earlier host credential stays in use: {}", e.getMessage());
                lastProblem = e.getMessage();
            }
            return kept;
        }
    }

    private CertifiedKey read() throws UnusableFileException {
        CertifiedKey credential = paired();
        X509Certificate certificate = credential.certificate();
        Optional<String> weakness = CertificateStrength.weakness(certificate);
        if (weakness.isPresent()) {
            throw new UnusableFileException(certificateFile, weakness.get());
        }
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (isExpired(credential)) {
            throw new UnusableFileException(certificateFile, "the certificate expired at " + notAfter);
        }
        Instant notBefore = certificate.getNotBefore().toInstant();
        if (clock.instant().isBefore(notBefore)) {
            throw new UnusableFileException(certificateFile, "the certificate is not valid before " + notBefore);
        }
        return credential;
    }

    private CertifiedKey paired() throws UnusableFileException {
        CertifiedKey credential = new CertifiedKey(certificates.require(certificateFile), keys.require(keyFile));
        if (!CertifiedKey.belongTogether(credential.certificate(), credential.privateKey())) {
            throw new UnusableFileException(keyFile, "the key is not that of the certificate in " + certificateFile);
        }
        return credential;
    }

    private boolean isExpired(CertifiedKey credential) {
        return clock.instant().isAfter(credential.certificate().getNotAfter().toInstant());
    }
}
