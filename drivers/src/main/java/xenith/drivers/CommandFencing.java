package xenith.drivers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.Fencing;
import xenith.engine.port.HostEndpoint;

/**
 * Has a program of the site's switch hosts off, as by their power switches. It is called with the host's name and its URI,
 * and ends with status 0 only when the host is certainly off. The last lines that it writes are logged, and told with its
 * failure. Thread-safe.
 *
 * @param program absolute path
 * @param limitSeconds how long it may take, 1 or more
 */
public record CommandFencing(Path program, long limitSeconds) implements Fencing {
    private static final Logger LOG = LoggerFactory.getLogger(CommandFencing.class);

    @Override
    public void fence(HostEndpoint host) throws DriverException {
        try {
            Process process = new ProcessBuilder(program.toString(), host.name(), host.uri())
                    .redirectErrorStream(true)
                    .start();
            LastWords words = new LastWords(process.getInputStream());
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                    throw failed(host, "did not end within " + limitSeconds + " s" + words.told());
                }
                if (process.exitValue() != 0) {
                    throw failed(host, "ended with status " + process.exitValue() + words.told());
                }
                LOG.info("{} has fenced host {}{}", program, host.name(), words.told());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw failed(host, "cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(host, "was interrupted");
        }
    }

    private DriverException failed(HostEndpoint host, String why) {
        return new DriverException(Failure.FAILED, program + " for host " + host.name() + " " + why);
    }
}
