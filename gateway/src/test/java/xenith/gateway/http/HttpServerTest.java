package xenith.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that mean no good, or know no better; each is dropped or refused, and others are still served. */
@Timeout(30)
class HttpServerTest {
    private static final HttpLimits TIGHT = new HttpLimits(1_000, 8_192, 500, 500, 5_000, 2, 1, 50, 1_000);

    private static final Pattern REQUEST_ID = Pattern.compile("(?i)x-amzn-RequestId: ([0-9a-f-]{36})");

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch busy = new CountDownLatch(2);
    private HttpServer server;

    /** Echoes; a request for {@code /wait} is held until the test lets go. */
    private final Front echo = new Front() {
        @Override
        public HttpAnswer answer(HttpRequest request) {
            if (request.rawPath().equals("/wait")) {
                busy.countDown();
                awaitRelease();
            }
            if (request.rawPath().equals("/defect")) {
                throw new IllegalStateException("secret insides");
            }
            return text(
                    200,
                    new String(request.body(), UTF_8) + request.field("X-Case").orElse(""));
        }

        @Override
        public HttpAnswer refuse(HttpRequest request, Reason reason) {
            return text(reason == Reason.BUSY ? 503 : 413, reason.name() + " " + request.id());
        }
    };

    @BeforeEach
    void start() throws IOException {
        Front quick = new Front() {
            @Override
            public HttpAnswer answer(HttpRequest request) {
                return text(200, "well");
            }

            @Override
            public HttpAnswer refuse(HttpRequest request, Reason reason) {
                return text(503, reason.name());
            }
        };
        server = new HttpServer(
                List.of(Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                RequestObserver.NONE,
                List.of(
                        new Route(request -> request.rawPath().equals("/health"), new Route.ToFront(quick, true)),
                        new Route(request -> true, new Route.ToFront(echo, false))),
                Map.of(),
                TIGHT);
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    @Test
    void aBodyInPiecesArrivesWhole() throws IOException {
        try (Socket client = connect()) {
            write(client, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            write(client, "3\r\nabc\r\n");
            write(client, "4\r\ndefg\r\n0\r\n\r\n");

            assertThat(readAll(client)).contains("200 OK").endsWith("abcdefg");
        }
    }

    @Test
    void aDeclaredBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        try (Socket client = connect()) {
            write(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");

            assertThat(readAll(client)).contains(" 413 ", "BODY_TOO_LARGE");
        }
    }

    @Test
    void aChunkedBodyOverTheLimitIsRefused() throws IOException {
        try (Socket client = connect()) {
            write(client, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            write(client, "3e9\r\n" + "x".repeat(1_001) + "\r\n0\r\n\r\n");

            assertThat(readAll(client)).contains(" 413 ");
        }
    }

    @Test
    void headersOverTheLimitAreRefusedWithoutOurInsides() throws IOException {
        try (Socket client = connect()) {
            write(client, "GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(8_192) + "\r\n\r\n");

            assertThat(readAll(client)).contains(" 431 ").doesNotContainIgnoringCase("jetty");
        }
    }

    /** What Jetty itself refuses is answered in the words of the last route, and has an id. */
    @ParameterizedTest
    @CsvSource({
        "GET /a//b HTTP/1.1, 400, MALFORMED",
        "GET /%00 HTTP/1.1, 400, MALFORMED",
        "GET /%2e%2e/ HTTP/1.1, 400, MALFORMED",
        "GET /a/../../b HTTP/1.1, 400, MALFORMED",
        "nonsense, 400, MALFORMED",
        "GET / HTTP/3.9, 505, UNSUPPORTED_PROTOCOL"
    })
    void whatIsNoRequestIsRefusedWithAnId(String line, int status, String reason) throws IOException {
        assertRefused(line + "\r\nHost: x\r\nConnection: close\r\n\r\n", status, reason);
    }

    @Test
    void aHostThatCannotBeAndALineThatIsTooLongAreRefusedWithAnId() throws IOException {
        assertRefused("GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400, "MALFORMED");
        assertRefused("GET / HTTP/1.1\r\n\r\n", 400, "MALFORMED");
        assertRefused("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "HEAD_TOO_LARGE");
        assertRefused("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(9_000) + "\r\n\r\n", 431, "HEAD_TOO_LARGE");
    }

    private void assertRefused(String request, int status, String reason) throws IOException {
        try (Socket client = connect()) {
            write(client, request);
            String answer = readAll(client);
            assertThat(answer).contains(" " + status + " ", reason).doesNotContainIgnoringCase("jetty");
            Matcher id = REQUEST_ID.matcher(answer);
            assertThat(id.find()).as(answer).isTrue();
            assertThat(answer).endsWith(reason + " " + id.group(1));
        }
    }

    @Test
    void aHeadThatComesByteByByteIsCutOff() throws IOException {
        try (Socket client = connect()) {
            assertThat(trickle(client, "GET / HTTP/1.1\r\nX-Slow: " + "x".repeat(5_000)))
                    .isLessThan(5_000);
            assertThat(get("/health")).endsWith("well");
        }
    }

    @Test
    void aBodyThatComesByteByByteIsCutOffWhileOthersAreServed() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int client = 0; client < 10; client++) {
            slow.add(connect());
            write(slow.get(client), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx");
        }
        assertThat(get("/")).contains("200 OK");

        assertThat(trickle(slow.get(0), "x".repeat(5_000))).isLessThan(5_000);
        for (Socket client : slow) {
            client.close();
        }
    }

    @Test
    void whenAllWorkersAreBusyAFewWaitFurtherOnesAreRefusedAndHealthStillAnswers() throws Exception {
        List<Socket> working = List.of(askToWait(), askToWait());
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        List<Socket> further = List.of(askToWait(), askToWait(), askToWait());

        List<Socket> refused = awaitAnswered(further, 2);
        for (Socket client : refused) {
            assertThat(readAll(client)).contains(" 503 ", "BUSY");
        }
        assertThat(get("/health")).endsWith("well");

        release.countDown();
        List<Socket> served = new ArrayList<>(working);
        further.stream().filter(client -> !refused.contains(client)).forEach(served::add);
        for (Socket client : served) {
            assertThat(readAll(client)).contains("200 OK");
        }
    }

    @Test
    void aDefectIsAnsweredWithoutItsInsides() throws IOException {
        assertThat(get("/defect"))
                .contains(" 500 ", "x-amzn-RequestId", "DEFECT")
                .doesNotContain("secret insides")
                .doesNotContain("IllegalState");
    }

    /** Signatures cover values as they were written. */
    @Test
    void headerValuesArriveAsTheyWereWritten() throws IOException {
        try (Socket client = connect()) {
            write(client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Case: Text/XML;Charset=utf-8\r\n\r\n");

            assertThat(readAll(client)).endsWith("Text/XML;Charset=utf-8").doesNotContain("\r\nServer:");
        }
    }

    private Socket askToWait() throws IOException {
        Socket client = connect();
        write(client, "GET /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return client;
    }

    private static List<Socket> awaitAnswered(List<Socket> clients, int count) throws IOException {
        List<Socket> answered = new ArrayList<>();
        while (answered.size() < count) {
            answered.clear();
            for (Socket client : clients) {
                if (client.getInputStream().available() > 0) {
                    answered.add(client);
                }
            }
            LockSupport.parkNanos(5_000_000);
        }
        return answered;
    }

    private void awaitRelease() {
        try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many bytes, one each 5 ms, the client could send until it was cut off. */
    private static int trickle(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        byte[] bytes = text.getBytes(UTF_8);
        for (int sent = 0; sent < bytes.length; sent++) {
            try {
                out.write(bytes[sent]);
                out.flush();
            } catch (IOException cut) {
                return sent;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return bytes.length;
    }

    private String get(String path) throws IOException {
        try (Socket client = connect()) {
            write(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return readAll(client);
        }
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.ports().get(0));
        socket.setSoTimeout(3_000);
        return socket;
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        client.getOutputStream().flush();
    }

    private static String readAll(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    private static HttpAnswer text(int status, String text) {
        return new HttpAnswer(status, "text/plain", ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
