package xenith.security.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.PrivateFile;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.IssuedCertificate;
import xenith.security.x509.Pem;

class HostCredentialFilesTest {
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");
    private static final Made HOST = ROOT.user("/O=Grid/CN=host/a.example.org");

    @TempDir
    Path directory;

    private Path certificate;
    private Path key;
    private HostCredentialFiles files;

    @BeforeEach
    void install() throws Exception {
        certificate = directory.resolve("hostcert.pem");
        key = directory.resolve("hostkey.pem");
        files = new HostCredentialFiles(certificate, key, Made.CLOCK);
        Files.writeString(certificate, Pem.of(HOST.certificate()));
        write(Pem.of(HOST.privateKey()));
    }

    private void write(String pem) throws Exception {
        PrivateFile.write(key, pem.getBytes(US_ASCII));
    }

    @Test
    void certificateAndKeyAreReadWithTheAuthoritiesThatComeAlong() throws Exception {
        Files.writeString(certificate, "Certificate:\n" + Pem.of(HOST.certificate()) + Pem.of(ROOT.certificate()));

        assertThat(files.current().chain()).containsExactly(HOST.certificate(), ROOT.certificate());
        assertThat(files.current().privateKey()).isEqualTo(HOST.privateKey());
        assertThat(files.current().toString()).contains("a.example.org").doesNotContain("PRIVATE");
    }

    @Test
    void aKeyInTheOlderFormIsRead() throws Exception {
        PrivateKey rsa = HOST.privateKey();
        byte[] pkcs1 = PrivateKeyInfo.getInstance(rsa.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        write(Pem.block("RSA PRIVATE KEY", pkcs1));

        assertThat(files.current().privateKey()).isEqualTo(rsa);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-----w-", "r--r--r--"})
    void aKeyThatLiesOpenIsNotUsed(String permissions) throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(files::current)
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining(key + ": others than its owner have access to it");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        assertThat(files.current()).isNotNull();
    }

    @Test
    void whatIsMissingDamagedOrAnotherOnesIsNamed() throws Exception {
        write(Pem.of(ROOT.privateKey()));
        assertThatThrownBy(files::current).hasMessageContaining(key + ": the key is not that of the certificate");
        write("nonsense");
        assertThatThrownBy(files::current).hasMessageContaining(key + ": the text holds no PEM block");
        Files.delete(key);
        assertThatThrownBy(files::current).hasMessageContaining(key + ": the file is missing");
        Files.writeString(certificate, "nonsense");
        assertThatThrownBy(files::current).hasMessageContaining(certificate + ": the text holds no PEM block");
    }

    @Test
    void anExpiredUntimelyOrWeakCertificateIsNotUsed() throws Exception {
        var late = Clock.fixed(Made.NOW.plus(Made.VALIDITY.plusDays(1)), ZoneOffset.UTC);
        var early = Clock.fixed(Made.NOW.minus(Made.VALIDITY.plusDays(1)), ZoneOffset.UTC);

        assertThatThrownBy(() -> new HostCredentialFiles(certificate, key, late).current())
                .hasMessageContaining("the certificate expired at");
        assertThatThrownBy(() -> new HostCredentialFiles(certificate, key, early).current())
                .hasMessageContaining("the certificate is not valid before");
        Made weak = ROOT.sign(Made.plainUser("/O=Grid/CN=host/a").algorithm("SHA1withRSA"));
        Files.writeString(certificate, Pem.of(weak.certificate()));
        write(Pem.of(weak.privateKey()));
        assertThatThrownBy(files::current).hasMessageContaining("SHA1withRSA");
    }

    @Test
    void aReplacementCountsWhenBothFilesAreThereAndUntilThenTheOldOneIsUsed() throws Exception {
        Made next = ROOT.sign(Made.plainUser("/O=Grid/CN=host/a.example.org").ownKey());
        assertThat(files.current().certificate()).isEqualTo(HOST.certificate());

        Files.writeString(certificate, Pem.of(next.certificate()));
        assertThat(files.current().certificate()).isEqualTo(HOST.certificate());
        write(Pem.of(next.privateKey()));
        assertThat(files.current().certificate()).isEqualTo(next.certificate());
    }

    @Test
    void ourOwnAuthorityMakesThem(@TempDir Path home) throws Exception {
        var authority = CertificateAuthority.openOrCreate(home, "Grid CA", Made.CLOCK);
        IssuedCertificate issued = authority.issueHost("a.example.org", Duration.ofDays(30));
        Files.writeString(certificate, issued.certificatePem());
        write(issued.privateKeyPem());

        assertThat(GridName.of(files.current().certificate().getSubjectX500Principal()))
                .hasToString("/O=Xenith/CN=host/a.example.org");
        assertThat(issued.certificate().getSubjectAlternativeNames()).containsExactly(List.of(2, "a.example.org"));
    }
}
