package xenith.engine.lease.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.engine.lease.SchedulerSettings;
import xenith.engine.lease.SchedulerSettings.PreparationMode;
import xenith.engine.lease.trace.TraceException;
import xenith.engine.lease.trace.TraceReader;

/** Without rules of its own the scheduler does what Haizea's own logs say, event by event. */
class HaizeaTracesTest {
    private static final Path TRACES = Path.of("src/test/resources/xenith/engine/lease/haizea");
    private static final LocalDateTime BEGIN = LocalDateTime.parse("2006-11-25T13:00:00");
    private static final Pattern LOGGED = Pattern.compile("\\[(\\S+) (\\S+)\\.00] +(\\S+) +(.*)");

    /** Component and words of a line in the log, and the event that it stands for. */
    private static final Map<Pattern, String> MEANINGS = Map.ofEntries(
            meaning("VMSCHED Started VMs for lease (\\d+) on nodes \\[(.*)]", "vm-start"),
            meaning("VMSCHED Stopped VMs for lease (\\d+) on nodes \\[(.*)]", "vm-stop"),
            meaning("VMSCHED Lease (\\d+)'s VMs have shutdown\\.()", "shutdown"),
            meaning("VMSCHED Suspending lease (\\d+)\\.\\.\\.()", "suspend"),
            meaning("VMSCHED Lease (\\d+) suspended\\.()", "suspended"),
            meaning("VMSCHED Resuming lease (\\d+)\\.\\.\\.()", "resume"),
            meaning("VMSCHED Resumed lease (\\d+)()", "resumed"),
            meaning("VMSCHED Migrating lease (\\d+)\\.\\.\\.()", "migrate"),
            meaning("VMSCHED Migrated lease (\\d+)\\.\\.\\.()", "migrated"),
            meaning("DEPLOY Migrating lease (\\d+)\\.\\.\\.()", "image-migrate"),
            meaning("DEPLOY Migrated lease (\\d+)\\.\\.\\.()", "image-migrated"),
            meaning("DEPLOY Starting image transfer for lease (\\d+)()", "transfer-start"),
            meaning("DEPLOY Completed image transfer for lease (\\d+)()", "transfer-end"));

    private static Map.Entry<Pattern, String> meaning(String line, String event) {
        return Map.entry(Pattern.compile(line), event);
    }

    @ParameterizedTest
    @CsvSource({
        "migrate, none, UNMANAGED",
        "migrate, noreuse, TRANSFER",
        "migrate, reuse, REUSE",
        "preemption, none, UNMANAGED",
        "preemption, noreuse, TRANSFER",
        "preemption, reuse, REUSE",
        "reservation, none, UNMANAGED",
        "reservation, noreuse, TRANSFER",
        "reservation, reuse, REUSE",
        "reuse1, none, UNMANAGED",
        "reuse1, noreuse, TRANSFER",
        "reuse1, reuse, REUSE"
    })
    void eachEventOfTheLogHappensAtItsTimeOnItsNodesAndNoOther(String trace, String log, PreparationMode mode)
            throws IOException, TraceException {
        SimulationResult result = Simulation.run(
                TraceReader.read(TRACES.resolve(trace + ".lwf"), Optional.empty()),
                SchedulerSettings.haizea().with(mode));

        List<String> simulated =
                EventLines.of(result.events(), BEGIN, true).lines().sorted().toList();

        assertThat(result.fault()).isEmpty();
        assertThat(simulated).isEqualTo(logged(TRACES.resolve(trace + "." + log + ".log")));
    }

    @Test
    void theLogsAreReadWhole() throws IOException {
        assertThat(logged(TRACES.resolve("migrate.noreuse.log"))).hasSize(25);
    }

    private static List<String> logged(Path log) throws IOException {
        return Files.readAllLines(log, UTF_8).stream()
                .flatMap(HaizeaTracesTest::event)
                .sorted()
                .toList();
    }

    private static Stream<String> event(String line) {
        Matcher parts = LOGGED.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        for (Map.Entry<Pattern, String> meaning : MEANINGS.entrySet()) {
            Matcher words = meaning.getKey().matcher(parts.group(3) + " " + parts.group(4));
            if (words.matches()) {
                String nodes = words.group(2).isEmpty()
                        ? ""
                        : Arrays.stream(words.group(2).split(", ", -1))
                                .map(Integer::valueOf)
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",", ",\"nodes\":[", "]"));
                return Stream.of("{\"time\":\"" + parts.group(1) + "T" + parts.group(2) + "\",\"event\":\""
                        + meaning.getValue() + "\",\"lease\":" + words.group(1) + nodes + "}");
            }
        }
        return Stream.empty();
    }
}
