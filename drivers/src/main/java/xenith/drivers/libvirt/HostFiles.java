package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** Saved memory, which lies where this machine and its hosts see it under the same path. */
final class HostFiles {
    private HostFiles() {}

    static boolean exists(String file) {
        return Files.isRegularFile(Path.of(file));
    }

    /** Returns when it is not there. */
    static void remove(String file) throws DriverException {
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "removing " + file + ": " + e.getMessage(), e);
        }
    }
}
