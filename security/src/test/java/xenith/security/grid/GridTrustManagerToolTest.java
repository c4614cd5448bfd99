package xenith.security.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.security.x509.CertifiedKey;

/** A TLS server of Java's, with clients of OpenSSL that hold users' certificates and proxies of Globus. */
class GridTrustManagerToolTest {
    private static final int LONGEST_SECONDS = 60;

    @TempDir
    static Path folder;

    private static OpensslGrid grid;
    private static GridPathValidator validator;
    private static SSLContext context;

    @BeforeAll
    static void createGrid() throws Exception {
        grid = OpensslGrid.create(folder);
        grid.issue("host", "/O=Grid/CN=host\\/localhost");
        grid.tool()
                .run(
                        "grid-proxy-init",
                        "-q",
                        "-old",
                        "-limited",
                        "-bits",
                        "2048",
                        "-certdir",
                        "certificates",
                        "-cert",
                        "alice.pem",
                        "-key",
                        "alice.key",
                        "-out",
                        "proxy.pem");
        grid.openssl(
                "req -x509 -newkey rsa:2048 -nodes -keyout stranger.key -out stranger.pem -subj", "/O=Grid/CN=Eve");
        validator = grid.validator(GridStrength.MODERN);
        context = context();
    }

    private static SSLContext context() throws Exception {
        CertifiedKey host = new HostCredentialFiles(
                        folder.resolve("host.pem"), folder.resolve("host.key"), Clock.systemUTC())
                .current();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("host", host.privateKey(), new char[0], host.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), new TrustManager[] {new GridTrustManager(validator)}, null);
        return made;
    }

    /** Who the client was, or why the handshake failed. */
    private static String serve(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.setSoTimeout(LONGEST_SECONDS * 1000);
            socket.startHandshake();
            GridIdentity identity =
                    validator.validate(Stream.of(socket.getSession().getPeerCertificates())
                            .map(X509Certificate.class::cast)
                            .toList());
            socket.getOutputStream().write("welcome\n".getBytes(US_ASCII));
            return identity.name() + (identity.limited() ? " limited" : "");
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tls1_3, alice.pem, alice.key, ca.pem, /O=Grid/OU=Users/CN=Alice User",
        "tls1_2, alice.pem, alice.key, ca.pem, /O=Grid/OU=Users/CN=Alice User",
        "tls1_3, proxy.pem, proxy.pem, alice.pem, /O=Grid/OU=Users/CN=Alice User limited",
        "tls1_2, proxy.pem, proxy.pem, alice.pem, /O=Grid/OU=Users/CN=Alice User limited",
        "tls1_3, stranger.pem, stranger.key, ca.pem, does not lead to an authority that is trusted here",
        "tls1_2, stranger.pem, stranger.key, ca.pem, does not lead to an authority that is trusted here"
    })
    void aClientIsWhoItsChainStandsFor(String version, String certificate, String key, String above, String who)
            throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            listener.setSoTimeout(LONGEST_SECONDS * 1000);
            CompletableFuture<String> served = CompletableFuture.supplyAsync(() -> serve(listener));
            Process client = client(listener.getLocalPort(), version, certificate, key, above);
            try {
                assertThat(served.get(LONGEST_SECONDS, TimeUnit.SECONDS)).contains(who);
            } finally {
                client.destroy();
            }
        }
    }

    private static Process client(int port, String version, String certificate, String key, String above)
            throws IOException {
        List<String> words = List.of(
                "openssl",
                "s_client",
                "-" + version,
                "-connect",
                "127.0.0.1:" + port,
                "-cert",
                certificate,
                "-key",
                key,
                "-cert_chain",
                above,
                "-CAfile",
                "ca.pem",
                "-quiet");
        Path log = Files.createTempFile(folder, "client", ".log");
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
