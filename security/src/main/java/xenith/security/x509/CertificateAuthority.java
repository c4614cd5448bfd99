package xenith.security.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import xenith.security.PrivateFile;

/**
 * An authority that lives in two files of one directory: {@code ca.pem}, its certificate, and {@code ca-key.pem}, its
 * private key, readable by the owner only. Certificates are RSA 2048 with SHA-256. Thread-safe.
 */
public final class CertificateAuthority {
    static final String CERTIFICATE_FILE = "ca.pem";
    static final String KEY_FILE = "ca-key.pem";
    private static final Duration OWN_VALIDITY = Duration.ofDays(3650);

    private final X509Certificate certificate;
    private final PrivateKey privateKey;
    private final Clock clock;

    private CertificateAuthority(X509Certificate certificate, PrivateKey privateKey, Clock clock) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Loads the authority, or creates it, named so, if the directory has no certificate of one. The certificate is
     * written last, so a creation that was interrupted starts over.
     *
     * @throws IOException if the files cannot be read or written
     * @throws InvalidCertificateException if they are there but damaged, or the key is missing
     */
    public static CertificateAuthority openOrCreate(Path directory, String commonName, Clock clock)
            throws IOException, InvalidCertificateException {
        Path certificateFile = directory.resolve(CERTIFICATE_FILE);
        Path keyFile = directory.resolve(KEY_FILE);
        if (!Files.exists(certificateFile)) {
            create(directory, commonName, clock);
        }
        if (!Files.exists(keyFile)) {
            throw new InvalidCertificateException(
                    "the authority's key " + keyFile + " is missing: restore it, or remove " + certificateFile);
        }
        X509Certificate certificate = Pem.certificate(Files.readString(certificateFile, US_ASCII));
        PrivateKey key = Pem.privateKey(Files.readString(keyFile, US_ASCII));
        return new CertificateAuthority(certificate, key, clock);
    }

    private static void create(Path directory, String commonName, Clock clock) throws IOException {
        KeyPair keys = CertificateTemplate.newRsaKeyPair();
        X509Certificate certificate = CertificateTemplate.named(commonName, OWN_VALIDITY)
                .authority()
                .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .selfSigned(keys, clock);
        Files.createDirectories(directory);
        PrivateFile.write(directory.resolve(KEY_FILE), Pem.of(keys.getPrivate()).getBytes(US_ASCII));
        PrivateFile.write(
                directory.resolve(CERTIFICATE_FILE), Pem.of(certificate).getBytes(US_ASCII));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate with which a user signs messages and logs in. */
    public IssuedCertificate issueUser(String commonName, Duration validity) {
        return issue(CertificateTemplate.named(commonName, validity)
                .usage(KeyUsage.digitalSignature)
                .purpose(KeyPurposeId.id_kp_clientAuth));
    }

    /**
     * A certificate for a server.
     *
     * @param names host names and IP addresses under which it is reached; the first is the common name
     */
    public IssuedCertificate issueServer(List<String> names, Duration validity) {
        return issueServer(names.get(0), names, validity);
    }

    /**
     * A certificate for a host of a grid, whose clients look for {@code host/NAME} in the common name (GSI's convention).
     *
     * @param name the host name under which it is reached
     */
    public IssuedCertificate issueHost(String name, Duration validity) {
        return issueServer("host/" + name, List.of(name), validity);
    }

    private IssuedCertificate issueServer(String commonName, List<String> names, Duration validity) {
        return issue(CertificateTemplate.named(commonName, validity)
                .usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                .purpose(KeyPurposeId.id_kp_serverAuth)
                .alternativeNames(names));
    }

    /** A certificate with which a program logs in to TLS servers that trust this authority. */
    public IssuedCertificate issueClient(String commonName, Duration validity) {
        // GnuTLS, and so libvirt, wants key encipherment of RSA clients too.
        return issue(CertificateTemplate.named(commonName, validity)
                .usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                .purpose(KeyPurposeId.id_kp_clientAuth));
    }

    private IssuedCertificate issue(CertificateTemplate template) {
        KeyPair keys = CertificateTemplate.newRsaKeyPair();
        return new IssuedCertificate(
                template.signed(keys.getPublic(), certificate, privateKey, clock), keys.getPrivate());
    }
}
