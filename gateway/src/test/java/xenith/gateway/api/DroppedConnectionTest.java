package xenith.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;

/** Clients hang up as often as they like, so it is not worth a word in the log. */
class DroppedConnectionTest {
    @TempDir
    Path home;

    private final ListAppender<ILoggingEvent> ours = new ListAppender<>();

    @BeforeEach
    void listen() {
        ours.start();
        root().addAppender(ours);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(ours);
    }

    @Test
    void aClientThatHangsUpBeforeItsAnswerIsNotLogged() throws Exception {
        try (ApiHarness api = new ApiHarness(home)) {
            api.cloud.addHost("private-1");
            VirtualMachine vm = api.cloud.launch(1).get(0);
            api.cloud.awaitState(vm.id(), VmState.RUNNING);
            api.cloud.host("private-1").guestsIgnoreShutdown = true;

            hangUp(api, api.signed(api.keyOf("admin"), "POST", "/xenith/v1/shutdown", BODY.getBytes(UTF_8)));

            assertThat(api.stopped.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ours.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(event -> !event.getLoggerName().startsWith("org.flywaydb"))
                .isEmpty();
    }

    private static final String BODY = "{\"deadlineSeconds\":2}";

    /** Sends the request and resets the connection. */
    private static void hangUp(ApiHarness api, HttpRequest request) throws Exception {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), api.endpoint().getPort())) {
            StringBuilder head = new StringBuilder("POST " + request.uri().getRawPath() + " HTTP/1.1\r\nHost: "
                    + request.uri().getAuthority() + "\r\nContent-Length: " + BODY.length() + "\r\n");
            request.headers().map().forEach((name, values) -> head.append(name + ": " + values.get(0) + "\r\n"));
            client.getOutputStream().write((head + "\r\n" + BODY).getBytes(UTF_8));
            client.setSoLinger(true, 0);
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
