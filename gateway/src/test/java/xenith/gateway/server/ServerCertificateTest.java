package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpLimits;
import xenith.gateway.http.HttpRequest;
import xenith.gateway.http.HttpServer;
import xenith.gateway.http.Listener;
import xenith.gateway.http.RequestObserver;
import xenith.gateway.http.Route;
import xenith.gateway.http.ServerKeys;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.IssuedCertificate;

/** Certificates that are renewed and replaced while clients connect to a server that uses them. */
@Timeout(60)
class ServerCertificateTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final HttpLimits LIMITS = new HttpLimits(1_000, 8_192, 500, 500, 5_000, 2, 1, 50, 1_000);
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1");

    @TempDir
    Path directory;

    private CertificateAuthority authority;
    private HttpServer server;

    @BeforeEach
    void found() throws Exception {
        authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), "Test authority", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void clientsThatTrustTheAuthorityAreServed() throws Exception {
        serve(issued(Clock.systemUTC()).keys());

        try (SSLSocket client = connect()) {
            OutputStream out = client.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            out.flush();

            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .contains("200 OK")
                    .endsWith("/");
        }
    }

    @Test
    void anIssuedCertificateStaysUntilItIsDueAndIsThenReplacedWithoutARestart() throws Exception {
        Clock later = Clock.fixed(Instant.now().plus(DAY.multipliedBy(59)), ZoneOffset.UTC);
        Clock due = Clock.fixed(Instant.now().plus(DAY.multipliedBy(61)), ZoneOffset.UTC);
        issued(Clock.systemUTC());
        serve(issued(later).keys());
        BigInteger first = serialSeen();

        ServerCertificate certificate = issued(later);
        assertThat(certificate.keys()).isNotNull();
        assertThat(serialSeen()).isEqualTo(first);
        issued(due);

        certificate = issued(later);
        stop();
        serve(certificate.keys());
        assertThat(serialSeen()).isNotEqualTo(first);
    }

    @Test
    void otherNamesMakeAnotherCertificate() throws Exception {
        issued(Clock.systemUTC());
        ServerCertificate other = ServerCertificate.issued(
                directory.resolve("tls"), authority, List.of("cloud.example", "127.0.0.1"), Clock.systemUTC());
        serve(other.keys());

        assertThat(certificateSeen().getSubjectAlternativeNames().toString()).contains("cloud.example");
    }

    @Test
    void aSitesNewFilesAreUsedByTheNextConnectionAndBrokenOnesAreNot() throws Exception {
        Path certificate = directory.resolve("site.pem");
        Path key = directory.resolve("site-key.pem");
        BigInteger first = write(certificate, key, 0);
        ServerCertificate site = ServerCertificate.ofSite(certificate, key);
        serve(site.keys());
        assertThat(serialSeen()).isEqualTo(first);

        Files.writeString(certificate, "no certificate");
        site.refresh();
        assertThat(serialSeen()).isEqualTo(first);

        try (SSLSocket open = connect()) {
            BigInteger second = write(certificate, key, 2);
            site.refresh();

            assertThat(serialSeen()).isEqualTo(second).isNotEqualTo(first);
            OutputStream out = open.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            out.flush();
            assertThat(new String(open.getInputStream().readAllBytes(), US_ASCII))
                    .contains("200 OK");
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Path certificate = directory.resolve("site.pem");
        Path key = directory.resolve("site-key.pem");
        write(certificate, key, 0);
        write(directory.resolve("other.pem"), key, 0);

        assertThatThrownBy(() -> ServerCertificate.ofSite(certificate, key))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining("site-key.pem does not hold the key of");
    }

    /** The head of a record of 16 KiB, and then a byte now and then. */
    @Test
    void aHandshakeThatComesByteByByteIsCutOffWhileAnEncryptedConnectionMayRest() throws Exception {
        serve(issued(Clock.systemUTC()).keys());
        try (SSLSocket rests = connect();
                Socket slow = new Socket(
                        InetAddress.getLoopbackAddress(), server.ports().get(0))) {
            OutputStream out = slow.getOutputStream();
            out.write(new byte[] {22, 3, 1, 0x3f, (byte) 0xff});
            int sent = 0;
            try {
                while (sent < 2_000) {
                    out.write(0);
                    sent++;
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (IOException cut) {
                assertThat(sent).isPositive();
            }
            assertThat(sent).isLessThan(2_000);

            rests.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(rests.getInputStream().readAllBytes(), US_ASCII))
                    .contains("200 OK");
        }
    }

    private ServerCertificate issued(Clock clock) throws Exception {
        return ServerCertificate.issued(directory.resolve("tls"), authority, NAMES, clock);
    }

    /** A pair of files; the seconds tell one from another that is written within the file system's resolution. */
    private BigInteger write(Path certificate, Path key, int seconds) throws Exception {
        IssuedCertificate issued = authority.issueServer(NAMES, DAY);
        Files.writeString(key, issued.privateKeyPem());
        Files.writeString(certificate, issued.certificatePem());
        Files.setLastModifiedTime(certificate, FileTime.from(Instant.now().plusSeconds(seconds)));
        return issued.certificate().getSerialNumber();
    }

    private void serve(ServerKeys keys) throws Exception {
        Front path = new Front() {
            @Override
            public HttpAnswer answer(HttpRequest request) {
                return new HttpAnswer(200, "text/plain", US_ASCII.encode(request.rawPath()));
            }

            @Override
            public HttpAnswer refuse(HttpRequest request, Reason reason) {
                return new HttpAnswer(503, "text/plain", US_ASCII.encode(reason.name()));
            }
        };
        server = new HttpServer(
                List.of(Listener.tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys)),
                RequestObserver.NONE,
                List.of(new Route(request -> true, new Route.ToFront(path, false))),
                Map.of(),
                LIMITS);
        server.start();
    }

    private BigInteger serialSeen() throws Exception {
        return certificateSeen().getSerialNumber();
    }

    private X509Certificate certificateSeen() throws Exception {
        try (SSLSocket client = connect()) {
            return (X509Certificate) client.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket connect() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket client = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.ports().get(0));
        SSLParameters checked = client.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(checked);
        client.setSoTimeout(30_000);
        client.startHandshake();
        return client;
    }
}
