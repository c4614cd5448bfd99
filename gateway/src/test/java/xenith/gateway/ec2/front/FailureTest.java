package xenith.gateway.ec2.front;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.gateway.ec2.codec.Ec2Error;

class FailureTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(Failure.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void whatTheServiceIsAtFaultForIsLoggedWithItsReason() {
        Failure.of(new EngineException(ErrorCode.HOST_UNAVAILABLE, "all hosts are busy"));

        assertThat(logged()).containsExactly("refused with Unavailable: all hosts are busy");
    }

    @Test
    void whatAStrangerHasSentIsNotLogged() {
        Failure.of(Ec2Error.unknownParameter("secret"));

        assertThat(logged()).containsExactly("refused with UnknownParameter");
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
