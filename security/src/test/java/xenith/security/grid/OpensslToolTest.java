package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

/** Names, hashes, proxies and revocation lists as OpenSSL makes them. */
class OpensslToolTest {
    @TempDir
    static Path folder;

    private static OpensslGrid grid;

    @BeforeAll
    static void createGrid() throws Exception {
        grid = OpensslGrid.create(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/O=Grid/CN=Root",
                "/C=DE/ST=Some State/L=Town/O=Grid/OU=A/CN=  Blanks   everywhere  ",
                "/DC=org/DC=example/UID=alice/CN=Alice",
                "/O=Grid/CN=Jörg Müller/emailAddress=joerg@example.org",
                "/O=GRID/CN=ÄÖ Caps",
                "/O=Grid/serialNumber=17/GN=A/SN=B/title=C/street=D/postalCode=E/1.2.3.4=F"
            })
    void namesAndTheirHashesAreThoseOfOpenssl(String subject) throws Exception {
        grid.openssl("req -x509 -utf8 -newkey rsa:2048 -nodes -keyout n.key -out n.pem -subj", subject);
        X500Principal name = grid.chain("n.pem").get(0).getSubjectX500Principal();

        assertThat(SubjectHash.current(name)).isEqualTo(grid.openssl("x509 -noout -subject_hash -in n.pem"));
        assertThat(SubjectHash.old(name)).isEqualTo(grid.openssl("x509 -noout -subject_hash_old -in n.pem"));
        assertThat("subject=" + GridName.of(name))
                .isEqualTo(grid.openssl("x509 -noout -subject -nameopt compat -in n.pem"));
    }

    @ParameterizedTest
    @CsvSource({"id-ppl-inheritAll, false", "1.3.6.1.4.1.3536.1.1.1.9, true"})
    void anRfc3820ProxyIsUnderstood(String language, boolean limited) throws Exception {
        Files.writeString(
                folder.resolve("proxy-extensions"),
                "proxyCertInfo = critical, language:" + language
                        + ", pathlen:1\nkeyUsage = critical, digitalSignature\n");
        grid.openssl(
                "req -newkey rsa:2048 -nodes -keyout p.key -out p.csr -subj", "/O=Grid/OU=Users/CN=Alice User/CN=4711");
        grid.openssl("x509 -req -in p.csr -CA alice.pem -CAkey alice.key -CAcreateserial -days 1"
                + " -extfile proxy-extensions -out p1.pem");
        Files.writeString(
                folder.resolve("p.pem"),
                Files.readString(folder.resolve("p1.pem")) + Files.readString(folder.resolve("alice.pem")));
        GridIdentity identity = grid.validate("p.pem");

        assertThat(identity.name()).hasToString("/O=Grid/OU=Users/CN=Alice User");
        assertThat(identity.limited()).isEqualTo(limited);
    }

    @Test
    void aRevocationListOfOpensslIsUnderstood() throws Exception {
        grid.issue("bob", "/O=Grid/CN=Bob");
        String list = grid.openssl("x509 -noout -hash -in ca.pem") + ".r0";
        grid.openssl("ca -config ca.conf -cert ca.pem -keyfile ca.key -gencrl -out certificates/" + list);
        assertThat(grid.validate("bob.pem")).isNotNull();

        grid.openssl("ca -config ca.conf -cert ca.pem -keyfile ca.key -revoke bob.pem");
        grid.openssl("ca -config ca.conf -cert ca.pem -keyfile ca.key -gencrl -out certificates/" + list);
        assertRefused(Refusal.REVOKED_CERTIFICATE, () -> grid.validate("bob.pem"));
        assertThat(grid.validate("alice.pem")).isNotNull();
    }
}
