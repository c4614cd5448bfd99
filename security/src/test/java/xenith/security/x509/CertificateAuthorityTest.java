package xenith.security.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-01-31T20:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    static Path directory;

    private static CertificateAuthority authority;

    /** Once, since making keys takes a while; no test changes its files. */
    @BeforeAll
    static void create() throws Exception {
        authority = CertificateAuthority.openOrCreate(directory, "Test CA", CLOCK);
    }

    @Test
    void itIsTheSameAfterARestartAndItsKeyIsItsOwnersOnly() throws Exception {
        var again = CertificateAuthority.openOrCreate(directory, "Another name", CLOCK);

        assertThat(again.certificate()).isEqualTo(authority.certificate());
        assertThat(Files.getPosixFilePermissions(directory.resolve("ca-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        again.issueUser("user", Duration.ofDays(1))
                .certificate()
                .verify(authority.certificate().getPublicKey());
    }

    @Test
    void aLostOrDamagedKeyIsReportedAndNotReplaced(@TempDir Path damaged) throws IOException {
        Files.copy(directory.resolve("ca.pem"), damaged.resolve("ca.pem"));
        Path key = damaged.resolve("ca-key.pem");

        assertThatThrownBy(() -> CertificateAuthority.openOrCreate(damaged, "Test CA", CLOCK))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining("is missing");
        assertThat(key).doesNotExist();
        Files.writeString(key, "nonsense");
        assertThatThrownBy(() -> CertificateAuthority.openOrCreate(damaged, "Test CA", CLOCK))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining("no PEM block");
    }

    @Test
    void aUsersCertificateIsForSigningAndClientAuthentication() throws Exception {
        IssuedCertificate issued = authority.issueUser("alice", Duration.ofDays(365));
        X509Certificate certificate = issued.certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=alice,O=Xenith");
        assertThat(certificate.getSigAlgName()).isEqualToIgnoringCase("SHA256withRSA");
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(Pem.certificate(issued.certificatePem())).isEqualTo(certificate);
        assertThat(Pem.privateKey(issued.privateKeyPem())).isEqualTo(issued.privateKey());
        assertThat(issued.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(issued.toString()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void aServersCertificateNamesItsHostsAndAddresses() throws Exception {
        X509Certificate certificate = authority
                .issueServer(List.of("cloud.example.org", "127.0.0.1", "::1"), Duration.ofDays(90))
                .certificate();

        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "cloud.example.org"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void aClientsCertificateIsForClientsAloneAndEnciphersKeys() throws Exception {
        X509Certificate certificate =
                authority.issueClient("gateway", Duration.ofDays(90)).certificate();

        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getKeyUsage()[2]).isTrue();
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        certificate.verify(authority.certificate().getPublicKey());
    }

    @Test
    void anUploadedCertificateBecomesAUsers() throws Exception {
        IssuedCertificate issued = authority.issueUser("alice", Duration.ofDays(1));
        var stored = UploadedCertificate.check("Bag Attributes\n" + issued.certificatePem(), CLOCK)
                .of("account", "user");

        assertThat(stored.fingerprint()).isEqualTo(CertificateFingerprint.of(issued.certificate()));
        assertThat(stored.enabled()).isTrue();
        assertThat(stored).isEqualTo(issued.of("account", "user"));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, SHA1withRSA, 0, 1, which is not SHA-256 or better",
        "RSA, 1024, SHA256withRSA, 0, 1, the RSA key has 1024 bits",
        "EC, 256, SHA256withECDSA, 0, 1, 'not RSA'",
        "RSA, 2048, SHA256withRSA, -2, -1, the certificate expired at",
        "RSA, 2048, SHA256withRSA, 1, 2, the certificate is not valid before"
    })
    void aWeakOrUntimelyCertificateIsRefused(
            String algorithm, int bits, String signature, int fromDays, int toDays, String reason) throws Exception {
        String pem = Pem.of(selfSigned(algorithm, bits, signature, fromDays, toDays));

        assertThatThrownBy(() -> UploadedCertificate.check(pem, CLOCK))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining(reason);
    }

    private static X509Certificate selfSigned(String algorithm, int bits, String signature, int fromDays, int toDays)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=stranger");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW.plus(Duration.ofDays(fromDays))),
                Date.from(NOW.plus(Duration.ofDays(toDays))),
                name,
                keys.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
    }

    @ParameterizedTest
    @CsvSource({
        "hello, no PEM block",
        "-----BEGIN CERTIFICATE-----!!-----END CERTIFICATE-----, not base64",
        "-----BEGIN CERTIFICATE-----aGVsbG8=-----END CERTIFICATE-----, not an X.509 certificate",
        "-----BEGIN PRIVATE KEY-----aGVsbG8=-----END PRIVATE KEY-----, no PEM block"
    })
    void whatIsNoCertificateIsRefused(String text, String reason) {
        assertThatThrownBy(() -> UploadedCertificate.check(text, CLOCK))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> UploadedCertificate.check("x".repeat(1 << 20), CLOCK))
                .isInstanceOf(InvalidCertificateException.class);
    }
}
