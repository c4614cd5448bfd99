package xenith.drivers.images;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Runs programs with bounds: no shell, no input, a clean environment, and an end by force when the time is over or the
 * output too long.
 *
 * @param limit how long a program may run
 * @param maxOutputBytes how much it may say, both streams together
 */
record ProcessRunner(Duration limit, int maxOutputBytes) {
    /** What a program said, and how it ended. */
    record Result(int status, String output) {}

    /** @throws DriverException {@code FAILED} when it cannot be started, or had to be ended */
    Result run(List<String> command) throws DriverException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            try {
                return ended(command.get(0), process);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw failed(command.get(0), e.getMessage());
        }
    }

    private Result ended(String program, Process process) throws IOException, DriverException {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                () -> {
                    late.set(true);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try (InputStream stream = process.getInputStream()) {
            byte[] said = stream.readNBytes(maxOutputBytes + 1);
            if (said.length > maxOutputBytes) {
                throw failed(program, "said more than " + maxOutputBytes + " bytes");
            }
            int status = process.waitFor();
            if (late.get()) {
                throw failed(program, "did not end within " + limit.toSeconds() + " s");
            }
            return new Result(status, new String(said, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(program, "was interrupted");
        } finally {
            alarm.cancel(false);
        }
    }

    private static DriverException failed(String program, String why) {
        return new DriverException(Failure.FAILED, program + ": " + why);
    }
}
