package xenith.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code schedule simulate}, which needs no cloud. */
class SimulationsTest {
    private static final String TRACE = """
            # two leases
            0   -1  3600 3600 1 1 1024 0 one.img 1024
            60 900  3600 3600 2 1 1024 0 two.img 1024
            """;

    @TempDir
    Path folder;

    private Path trace;

    private record Run(int status, String out, String err) {}

    @BeforeEach
    void writeTrace() throws IOException {
        trace = Files.writeString(folder.resolve("trace.lwf"), TRACE);
    }

    private Run simulate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("schedule", "simulate", trace.toString()));
        arguments.addAll(List.of("--site", "2 CPU:100 Memory:1024"));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                new Main(Map.of(), new PrintWriter(out), new PrintWriter(err)).run(arguments.toArray(new String[0]));
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void itTellsWhatCameOfATraceAndWritesEventsTableAndPicture() throws IOException {
        Path events = folder.resolve("events.jsonl");
        Path csv = folder.resolve("leases.csv");
        Path svg = folder.resolve("picture.svg");

        Run run = simulate(
                "--compatible",
                "haizea",
                "--preparation",
                "transfer",
                "--events",
                events.toString(),
                "--csv",
                csv.toString(),
                "--svg",
                svg.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("best-effort", "utilisationPercent").containsPattern("suspensions +1");
        assertThat(events)
                .content()
                .contains("{\"time\":\"2006-11-25T13:15:00\",\"event\":\"vm-start\",\"lease\":2,\"nodes\":[1,2]}");
        assertThat(csv)
                .content()
                .startsWith("lease,kind,machines")
                .contains("\n2,advance_reservation,2,60.000,900.000,");
        assertThat(svg).content().startsWith("<svg");
    }

    @Test
    void aBrokenLineIsNamedAndNothingIsSimulated() throws IOException {
        Files.writeString(trace, TRACE.replace("900  3600", "900  soon"));
        Path events = folder.resolve("events.jsonl");

        Run run = simulate("--events", events.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("trace.lwf:3:9: duration 'soon' is not a number");
        assertThat(events).doesNotExist();
    }

    @Test
    void whatAnOptionCannotBeIsToldWithWhatItCan() {
        assertThat(simulate("--preparation", "magic").err()).contains("unmanaged, transfer, reuse");
        assertThat(simulate("--backfilling", "-1").err()).contains("off, aggressive, conservative, or a number");
        assertThat(simulate("--compatible", "slurm").err()).contains("--compatible slurm is not haizea");
        assertThat(simulate("--migration", "perhaps").status()).isEqualTo(2);
    }
}
