package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** A host's own files, beyond what libvirt does with them: saved memory and consoles' logs. Thread-safe. */
interface HostFiles {
    /** Whether the file is there. */
    boolean exists(String file) throws DriverException;

    /** Returns when it is not there. */
    void remove(String file) throws DriverException;

    /** The end of a console's log; empty when there is none. */
    byte[] console(UUID vm, int maxBytes) throws DriverException;

    /** Removes a console's log. */
    void forget(UUID vm) throws DriverException;

    /** Of this machine. */
    record Local(ConsoleLogs logs) implements HostFiles {
        @Override
        public boolean exists(String file) {
            return Files.isRegularFile(Path.of(file));
        }

        @Override
        public void remove(String file) throws DriverException {
            try {
                Files.deleteIfExists(Path.of(file));
            } catch (IOException e) {
                throw new DriverException(Failure.FAILED, "removing " + file + ": " + e.getMessage(), e);
            }
        }

        @Override
        public byte[] console(UUID vm, int maxBytes) throws DriverException {
            return logs.tail(vm, maxBytes);
        }

        @Override
        public void forget(UUID vm) throws DriverException {
            logs.remove(vm);
        }
    }

    /** Of another machine, which nothing here can read yet: what would need them is refused, never guessed. */
    record Remote(String host) implements HostFiles {
        @Override
        public boolean exists(String file) {
            return false;
        }

        @Override
        public void remove(String file) {
            // It stays until its machine ends; nobody takes it for saved memory, since nothing exists there.
        }

        @Override
        public byte[] console(UUID vm, int maxBytes) throws DriverException {
            throw unreadable();
        }

        @Override
        public void forget(UUID vm) {
            // The host rotates its logs away.
        }

        private DriverException unreadable() {
            return new DriverException(
                    Failure.REFUSED, "files of host " + host + ", which is another machine, cannot be reached");
        }
    }
}
