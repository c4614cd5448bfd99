package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

class HttpFetchTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "/whole", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more",
            "/open", "HTTP/1.0 200 OK\r\n\r\nhello",
            "/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
            "/cut", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
            "/missing", "HTTP/1.1 404 Not Found\r\n\r\n",
            "/large", "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2000),
            "/there", "HTTP/1.1 302 Found\r\nLocation: /whole\r\n\r\n",
            "/round", "HTTP/1.1 302 Found\r\nLocation: /round\r\n\r\n",
            "/inside", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:9/x\r\n\r\n",
            "/file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n");

    private static final Instant FIRST = Instant.ofEpochMilli(1_000);
    private static final Instant SECOND = Instant.ofEpochMilli(1_001);

    private final AtomicInteger counted = new AtomicInteger();

    @TempDir
    Path directory;

    private ServerSocket server;
    private FetchedImages images;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        images = new FetchedImages(directory, ImageFixture.limits(Set.of("127.0.0.1:" + server.getLocalPort()), 1000));
        Thread thread = new Thread(this::answerAll, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aBodyIsTheSameHoweverItsEndIsTold() throws Exception {
        for (String path : Set.of("/whole", "/open", "/chunked", "/there")) {
            assertThat(images.fetch(address(path), FIRST)).as(path).hasContent("hello");
        }
    }

    @Test
    void whatIsNotWholeIsNotKept() throws Exception {
        assertFails("/cut", Failure.FAILED);
        assertFails("/missing", Failure.REFUSED);
        assertFails("/large", Failure.REFUSED);
        assertFails("/round", Failure.REFUSED);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRedirectIsJudgedLikeAnAddress() {
        assertFails("/inside", Failure.REFUSED);
        assertFails("/file", Failure.REFUSED);
    }

    @Test
    void whatWasFetchedStaysAsItWas() throws Exception {
        Path first = images.fetch(address("/whole"), FIRST);
        server.close();

        assertThat(images.fetch(address("/whole"), FIRST)).isEqualTo(first);
        assertThat(images.find(address("/whole"), FIRST)).contains(first);
        assertThat(images.find(address("/other"), FIRST)).isEmpty();
    }

    @Test
    void eachRegistrationHasWhatItsAddressHadThen() throws Exception {
        Path first = images.fetch(address("/counted"), FIRST);
        Path second = images.fetch(address("/counted"), SECOND);

        assertThat(first).hasContent("answer 1");
        assertThat(second).hasContent("answer 2");
        assertThat(images.find(address("/counted"), FIRST)).contains(first);
    }

    @Test
    void whatWasUsedLeastRecentlyMakesRoom() throws Exception {
        Path first = images.fetch(address("/600?a"), FIRST);
        Path second = images.fetch(address("/600?b"), FIRST);
        Path third = images.fetch(address("/600?c"), FIRST);
        Files.setLastModifiedTime(first, FileTime.fromMillis(1));
        Files.setLastModifiedTime(second, FileTime.fromMillis(2));
        assertThat(images.find(address("/600?a"), FIRST)).contains(first);

        Path fourth = images.fetch(address("/600?d"), FIRST);

        assertThat(second).doesNotExist();
        assertThat(first).exists();
        assertThat(third).exists();
        assertThat(fourth).exists();
        assertThat(images.find(address("/600?b"), FIRST)).contains(second);
        assertThat(second).exists();
    }

    @Test
    void whatMadeRoomAndHasBecomeAnotherIsRefused() throws Exception {
        Path counted = images.fetch(address("/counted"), FIRST);
        Files.delete(counted);

        assertThatThrownBy(() -> images.find(address("/counted"), FIRST))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                .hasMessageContaining("another content");
        assertThat(counted).doesNotExist();
    }

    @Test
    void whatMachinesHoldMakesNoRoomUntilTheyAreGone() throws Exception {
        UUID vm = UUID.randomUUID();
        for (String path : List.of("/600?a", "/600?b", "/600?c")) {
            Path file = images.fetch(address(path), FIRST);
            assertThat(images.hold(address(path), FIRST, vm)).contains(file);
        }

        assertThatThrownBy(() -> images.fetch(address("/600?d"), FIRST))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("600 bytes have no room")
                .hasMessageContaining("in use by machines");
        images.release(vm);

        assertThat(images.fetch(address("/600?d"), FIRST)).hasSize(600);
    }

    private void assertFails(String path, Failure failure) {
        assertThatThrownBy(() -> images.fetch(address(path), FIRST))
                .isInstanceOfSatisfying(
                        DriverException.class,
                        e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String path = reader.readLine().split(" ", -1)[1];
                String line = reader.readLine();
                while (line != null && !line.isEmpty()) {
                    line = reader.readLine();
                }
                socket.getOutputStream().write(answer(path).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    private String answer(String path) {
        if (path.equals("/counted")) {
            return "HTTP/1.1 200 OK\r\n\r\nanswer " + counted.incrementAndGet();
        }
        return path.startsWith("/600") ? "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(600) : ANSWERS.get(path);
    }
}
