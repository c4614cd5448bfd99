package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Consoles' logs in a directory of this machine, named by the virtual machine's UUID. Whoever runs libvirtd bounds them:
 * the local hypervisor's launcher cuts each to half a MiB when it has passed one, a system's virtlogd rotates them. QEMU
 * opens them for appending, so both go unnoticed by it. Thread-safe.
 */
record ConsoleLogs(Path directory) implements Consoles {
    Path file(UUID vm) {
        return directory.resolve(vm + ".log");
    }

    @Override
    public void expect(DomainSpec spec) {
        // The domain's XML names the file.
    }

    @Override
    public byte[] tail(UUID vm, int maxBytes) throws DriverException {
        try {
            return FileEnds.read(file(vm), maxBytes);
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "console log of " + vm + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean keeps(UUID vm) {
        return Files.exists(file(vm));
    }

    @Override
    public void remove(UUID vm) throws DriverException {
        try {
            Files.deleteIfExists(file(vm));
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "removing the console log of " + vm + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget(UUID vm) {
        // Its file was all.
    }
}
