package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Consoles' logs in a directory of this machine, named by the virtual machine's UUID. Whoever runs libvirtd bounds them:
 * the local hypervisor's launcher cuts each to half a MiB when it has passed one, a system's virtlogd rotates them. QEMU
 * opens them for appending, so both go unnoticed by it. Thread-safe.
 */
record ConsoleLogs(Path directory) {
    Path file(UUID vm) {
        return directory.resolve(vm + ".log");
    }

    /** The end of the log; empty when there is none. Reads no more than was asked for. */
    byte[] tail(UUID vm, int maxBytes) throws DriverException {
        try (SeekableByteChannel channel = Files.newByteChannel(file(vm))) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(maxBytes, size));
            channel.position(size - end.capacity());
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // A log that is cut meanwhile ends early.
            }
            byte[] read = new byte[end.position()];
            end.flip().get(read);
            return read;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "console log of " + vm + ": " + e.getMessage(), e);
        }
    }

    void remove(UUID vm) throws DriverException {
        try {
            Files.deleteIfExists(file(vm));
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "removing the console log of " + vm + ": " + e.getMessage(), e);
        }
    }
}
