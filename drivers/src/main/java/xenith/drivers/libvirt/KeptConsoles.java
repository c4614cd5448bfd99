package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * What machines wrote on hosts that they have left: the end of it, in a file of this machine. One thread at a time
 * changes a machine's.
 */
record KeptConsoles(Path directory) {
    /** Of all hosts that a machine has left, together. */
    static final int MAX_BYTES = 256 * 1024;

    byte[] tail(UUID vm, int maxBytes) throws DriverException {
        try {
            return FileEnds.read(file(vm), maxBytes);
        } catch (IOException e) {
            throw failed(vm, e);
        }
    }

    /** Adds what was written since. What is there already was kept by a call whose answer was lost. */
    void add(UUID vm, byte[] written) throws DriverException {
        byte[] before = tail(vm, MAX_BYTES);
        if (written.length == 0 || FileEnds.endsWith(before, written)) {
            return;
        }
        Path part = directory.resolve(vm + ".kept.part");
        try {
            Files.write(part, FileEnds.join(before, written, MAX_BYTES));
            Files.move(part, file(vm), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(vm, e);
        }
    }

    void remove(UUID vm) throws DriverException {
        try {
            Files.deleteIfExists(file(vm));
        } catch (IOException e) {
            throw failed(vm, e);
        }
    }

    private Path file(UUID vm) {
        return directory.resolve(vm + ".kept");
    }

    private static DriverException failed(UUID vm, IOException e) {
        return new DriverException(Failure.FAILED, "kept console log of " + vm + ": " + e.getMessage(), e);
    }
}
