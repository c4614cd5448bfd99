package xenith.security.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of grids that are not ours, in a folder, within a bound of time. */
record Tool(Path folder) {
    private static final int LONGEST_SECONDS = 120;

    /** What the program wrote, of both its streams, without the last line break. */
    String run(String... words) {
        try {
            Path output = Files.createTempFile(folder, "tool", ".out");
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(words) + " did not end");
            }
            String text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new AssertionError(List.of(words) + " ended with " + process.exitValue() + ": " + text);
            }
            return text.replaceFirst("\n$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
