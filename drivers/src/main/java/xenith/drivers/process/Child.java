package xenith.drivers.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One life of the program. Thread-safe. */
final class Child {
    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(DriverProgram program) throws IOException {
        return new Child(new ProcessBuilder(program.command())
                .directory(program.state().toFile())
                .start());
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    void whenEnded(Runnable next) {
        CompletableFuture<Void> unused = process.onExit().thenRun(next);
    }

    /** How it ended, in words; waits a moment for it. */
    String ending(long waitMillis) {
        return hasEndedWithin(waitMillis) ? "ended with status " + process.exitValue() : "closed its standard output";
    }

    /** Waits for the end of a program whose standard input is closed, then asks for it, then forces it. */
    void end(long millis) {
        // By its handle: Process.destroy also closes the streams, and waits for whoever is writing to one.
        if (!hasEndedWithin(millis)) {
            process.toHandle().destroy();
        }
        if (!hasEndedWithin(millis)) {
            process.toHandle().destroyForcibly();
        }
        hasEndedWithin(millis);
    }

    private boolean hasEndedWithin(long millis) {
        try {
            process.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
