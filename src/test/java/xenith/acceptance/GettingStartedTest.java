package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commands of docs/getting-started.md run as they stand there, in a home of their own, on simulated hosts. */
class GettingStartedTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuidesCommandsRunFromTopToBottom() throws IOException {
        Path guide = RunningCloud.ROOT.resolve("docs/getting-started.md");
        String commands = BLOCK.matcher(Files.readString(guide))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("```(sh)?", ""))
                .collect(Collectors.joining());
        try (RunningCloud cloud = RunningCloud.simulated(2)) {
            String there = commands.replaceAll(
                            "(?m)^\\./xenith (.*)$", RunningCloud.ROOT.resolve("xenith") + " $1 --home " + cloud.home())
                    .replace(". var/xenithrc", ". " + cloud.home().resolve("xenithrc"));

            CommandResult result = cloud.run("bash", "-euxo", "pipefail", "-c", there);

            result.succeeded();
            assertThat(result.output()).contains("hello");
            assertThat(cloud.xenith("status").status()).isEqualTo(3);
        }
    }
}
