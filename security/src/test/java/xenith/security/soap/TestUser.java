package xenith.security.soap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.IssuedCertificate;

/** A user's certificate for the tests of a run, since making keys takes a while. */
final class TestUser {
    static final IssuedCertificate ISSUED = issue();

    private TestUser() {}

    private static IssuedCertificate issue() {
        try {
            Path directory = Files.createTempDirectory("xenith-ca");
            Clock clock = Clock.fixed(SoapHarness.NOW.minusSeconds(3600), ZoneOffset.UTC);
            var authority = CertificateAuthority.openOrCreate(directory, "Test CA", clock);
            Files.delete(directory.resolve("ca.pem"));
            Files.delete(directory.resolve("ca-key.pem"));
            Files.delete(directory);
            return authority.issueUser("user", Duration.ofDays(30));
        } catch (Exception e) {
            throw new IllegalStateException("the test's certificate cannot be made", e);
        }
    }

    static SoapHarness harness() {
        return new SoapHarness(ISSUED.certificate(), ISSUED.privateKey());
    }
}
