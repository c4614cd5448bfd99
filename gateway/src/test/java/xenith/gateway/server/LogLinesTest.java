package xenith.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class LogLinesTest {
    @TempDir
    Path directory;

    @Test
    void eachLineIsOneObjectWithATimeThatPeopleCanRead() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("xenith.log", directory.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogLines.class.getResource("/logback.xml"));
        Logger log = context.getLogger("xenith.test");

        log.info("two\nlines of \"{}\"", "text");
        log.warn("and", new IllegalStateException("a stack"));
        context.stop();

        List<String> lines = Files.readAllLines(directory.resolve("gateway.log"));
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("timestamp").asText()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z");
        assertThat(Duration.between(Instant.parse(first.path("timestamp").asText()), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("formattedMessage").asText()).isEqualTo("two\nlines of \"text\"");
        assertThat(new ObjectMapper()
                        .readTree(lines.get(1))
                        .path("throwable")
                        .path("message")
                        .asText())
                .isEqualTo("a stack");
    }
}
