package xenith.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands with an environment of their own, within bounds of time. */
final class Commands {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Commands() {}

    static CommandResult run(Path folder, Map<String, String> environment, List<String> words) {
        try {
            Path output = Files.createTempFile("xenith-command", ".out");
            Path errors = Files.createTempFile("xenith-command", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(words + " did not end within " + LONGEST);
                }
                return new CommandResult(
                        String.join(" ", words),
                        process.exitValue(),
                        Files.readString(output),
                        Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + words, interrupted);
        }
    }
}
