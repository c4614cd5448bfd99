package xenith.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.security.x509.Pem;

/** Certificates for hosts, without any cloud: the home is an empty folder. */
class HostCertificatesTest {
    @TempDir
    Path home;

    /** What a command left behind. */
    private record Run(int status, String out, String err) {}

    private Run certificate(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 4];
        System.arraycopy(new String[] {"host", "certificate", "--home", home.toString()}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        int status = new Main(Map.of(), new PrintWriter(out), new PrintWriter(err)).run(all);
        return new Run(status, out.toString(), err.toString());
    }

    private static X509Certificate read(Path file) throws Exception {
        return Pem.certificate(Files.readString(file));
    }

    @Test
    void aHostsCertificateNamesTheHostAndItsAddressesAndItsFilesAreItsOwnersOnly() throws Exception {
        Path pki = home.resolve("deep/hv1");
        Run run = certificate("hv1", "--address", "hv1.example.org,10.77.0.1", "--out", pki.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("CN=hv1").doesNotContain("PRIVATE KEY");
        X509Certificate certificate = read(pki.resolve("servercert.pem"));
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "hv1"), List.of(2, "hv1.example.org"), List.of(7, "10.77.0.1"));
        certificate.verify(read(pki.resolve("cacert.pem")).getPublicKey());
        for (String file : List.of("servercert.pem", "serverkey.pem", "cacert.pem")) {
            assertThat(Files.getPosixFilePermissions(pki.resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aClientsCertificateIsOfTheSameAuthorityAndNotOfTheUsers() throws Exception {
        Path pki = home.resolve("pki");
        assertThat(certificate("hv1", "--out", pki.toString()).status()).isZero();
        assertThat(certificate("gateway", "--client", "--out", pki.toString()).status())
                .isZero();

        X509Certificate authority = read(pki.resolve("cacert.pem"));
        read(pki.resolve("servercert.pem")).verify(authority.getPublicKey());
        read(pki.resolve("clientcert.pem")).verify(authority.getPublicKey());
        assertThat(home.resolve("ca/hosts/ca.pem")).hasContent(Pem.of(authority));
        assertThat(home.resolve("ca/ca.pem")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "hv1, '', --out DIR is missing",
        "hv1, --out pki --client --address 10.0.0.1, --address is for a host's certificate",
        "hv1, '--out pki --address 10.0.0.1,', does not match",
        "hv1, --out pki --address 10.0.0.300, invalid IP address",
        "hv/1, --out pki, does not match"
    })
    void whatIsAskedWronglyWritesNothing(String name, String options, String reason) throws IOException {
        String[] words =
                (name + " " + options.replace("pki", home.resolve("pki").toString())).split(" ");
        Run run = certificate(words);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
        assertThat(home.resolve("pki")).doesNotExist();
    }

    @Test
    void aDamagedAuthorityIsReportedAndNothingIsWritten() throws IOException {
        Files.createDirectories(home.resolve("ca/hosts"));
        Files.writeString(home.resolve("ca/hosts/ca.pem"), "damaged");
        Run run = certificate("hv1", "--out", home.resolve("pki").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no certificate was written");
        assertThat(home.resolve("pki")).doesNotExist();
    }
}
