package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.security.x509.Pem;

class TrustDirectoryTest {
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");
    private static final X500Principal NAME = ROOT.certificate().getSubjectX500Principal();

    @TempDir
    Path directory;

    private TrustDirectory trust;
    private TrustFiles files;
    private String hash;
    private String oldHash;

    @BeforeEach
    void open() {
        trust = new TrustDirectory(directory);
        files = new TrustFiles(directory);
        hash = SubjectHash.current(NAME);
        oldHash = SubjectHash.old(NAME);
    }

    @Test
    void filesAreFoundUnderEitherHash() {
        assertThat(trust.authorities(NAME)).isEmpty();
        files.write(oldHash + ".0", Pem.of(ROOT.certificate()));
        assertThat(trust.authorities(NAME)).containsExactly(ROOT.certificate());
        files.write(hash + ".0", Pem.of(ROOT.certificate()));
        assertThat(trust.authorities(NAME)).containsExactly(ROOT.certificate());
    }

    @Test
    void anotherAuthorityUnderTheHashIsNotTaken() {
        files.write(hash + ".0", Pem.of(Made.root("/O=Other/CN=Root").certificate()));
        files.write(hash + ".1", Pem.of(ROOT.certificate()));

        assertThat(trust.authorities(NAME)).containsExactly(ROOT.certificate());
    }

    @Test
    void aDamagedOneDoesNotHideTheNext() {
        files.write(hash + ".0", "nonsense");
        files.write(hash + ".1", Pem.of(ROOT.certificate()));

        assertThat(trust.authorities(NAME)).containsExactly(ROOT.certificate());
        assertThat(trust.authorities(new X500Principal("CN=other"))).isEmpty();
    }

    @Test
    void tenFilesOfOneHashAreReadAndNoMore() {
        for (int i = 0; i < 11; i++) {
            files.write(hash + "." + i, Pem.of(Made.root("/O=Grid/CN=Root").certificate()));
        }

        assertThat(trust.authorities(NAME)).hasSize(10);
    }

    @Test
    void aUsersCertificateIsNoAuthority() {
        files.write(hash + ".0", Pem.of(ROOT.user("/O=Grid/CN=Root").certificate()));

        assertThat(trust.authorities(NAME)).isEmpty();
    }

    @Test
    void theSigningPolicyOfTheNewHashGoesBeforeThatOfTheOldEvenIfItIsDamaged() throws Exception {
        files.policy(ROOT.certificate(), "/O=Grid/*");
        Path policy = directory.resolve(hash + ".signing_policy");
        Files.copy(policy, directory.resolve(oldHash + ".signing_policy"));

        assertThat(trust.signingPolicy(NAME)).isPresent();
        Files.writeString(policy, "nonsense");
        assertThat(trust.signingPolicy(NAME)).isEmpty();
        Files.delete(policy);
        assertThat(trust.signingPolicy(NAME)).isPresent();
    }

    @Test
    void revocationListsAreThereEvenIfDamagedButNotIfTheyAreOthers() {
        assertThat(trust.revocationLists(NAME)).isEqualTo(new RevocationLists(List.of(), false));
        files.write(hash + ".r0", "nonsense");
        assertThat(trust.revocationLists(NAME)).isEqualTo(new RevocationLists(List.of(), true));
        files.revoke(ROOT, ROOT, Made.NOW, Made.NOW.plus(Duration.ofDays(1)));
        assertThat(trust.revocationLists(NAME).readable()).hasSize(1);
        assertThat(trust.revocationLists(NAME).present()).isTrue();
    }
}
