package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.security.x509.Pem;

class AuthorityPathsTest {
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");

    @TempDir
    Path directory;

    private List<List<X509Certificate>> find(Made... sent) {
        return AuthorityPaths.find(
                new TrustDirectory(directory),
                List.of(sent).stream().map(Made::certificate).toList());
    }

    @Test
    void ofManyWaysABoundedNumberIsTried() {
        TrustFiles files = new TrustFiles(directory);
        for (int i = 0; i < 10; i++) {
            Made one = Made.root("/O=Grid/CN=Root");
            Made other = Made.root("/O=Grid/CN=Root");
            files.write(TrustFiles.hash(one.certificate()) + "." + i, Pem.of(one.certificate()));
            String old = SubjectHash.old(other.certificate().getSubjectX500Principal());
            files.write(old + "." + i, Pem.of(other.certificate()));
        }

        assertThat(find(ROOT.user("/O=Grid/CN=Alice"))).hasSize(AuthorityPaths.MAX_PATHS);
    }

    @Test
    void aWayHasABoundedLength() {
        TrustFiles files = new TrustFiles(directory).certificate(ROOT.certificate());
        Made last = ROOT;
        for (int length = 3; length <= AuthorityPaths.MAX_LENGTH; length++) {
            last = last.authority("/O=Grid/CN=Below " + length);
            files.certificate(last.certificate());
        }

        assertThat(find(last.user("/O=Grid/CN=Alice"))).singleElement().satisfies(path -> assertThat(path)
                .hasSize(AuthorityPaths.MAX_LENGTH));
        Made deeper = last.authority("/O=Grid/CN=Deeper");
        files.certificate(deeper.certificate());
        assertThat(find(deeper.user("/O=Grid/CN=Alice"))).isEmpty();
    }

    @Test
    void authoritiesThatCertifyEachOtherLeadNowhere() {
        TrustFiles files = new TrustFiles(directory);
        Made one = Made.root("/O=Grid/CN=One");
        Made other = Made.root("/O=Grid/CN=Other");
        files.certificate(one.authority("/O=Grid/CN=Other").certificate());
        files.certificate(other.authority("/O=Grid/CN=One").certificate());

        assertThat(find(one.user("/O=Grid/CN=Alice"))).isEmpty();
    }

    @Test
    void whatWasSentCountsOnlyAsFarAsItHangsTogether() {
        new TrustFiles(directory).certificate(ROOT.certificate());
        Made between = ROOT.authority("/O=Grid/CN=Between");
        Made alice = between.user("/O=Grid/CN=Alice");

        assertThat(find(alice, between))
                .containsExactly(List.of(alice.certificate(), between.certificate(), ROOT.certificate()));
        assertThat(find(alice, ROOT, between)).isEmpty();
    }
}
