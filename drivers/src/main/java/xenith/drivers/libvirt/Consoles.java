package xenith.drivers.libvirt;

import java.util.UUID;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** Consoles' logs of one host. Thread-safe. */
interface Consoles {
    /** Told before a domain begins to write. */
    void expect(DomainSpec spec) throws DriverException;

    /** The end of the log; empty when there is none. Reads no more than was asked for. */
    byte[] tail(UUID vm, int maxBytes) throws DriverException;

    /** Whether there is a log, be it still empty. */
    boolean keeps(UUID vm) throws DriverException;

    /** Removes the log. Returns when there is none. */
    void remove(UUID vm) throws DriverException;

    /** Forgets the machine, which has no log any more. */
    void forget(UUID vm) throws DriverException;

    /** Of another machine, whose logs nothing here can read: they are refused, never guessed. */
    record Unreadable(String host) implements Consoles {
        @Override
        public void expect(DomainSpec spec) {
            // Its domains start nevertheless.
        }

        @Override
        public byte[] tail(UUID vm, int maxBytes) throws DriverException {
            throw new DriverException(
                    Failure.REFUSED, "consoles of host " + host + ", which is another machine, cannot be read");
        }

        @Override
        public boolean keeps(UUID vm) {
            return false;
        }

        @Override
        public void remove(UUID vm) {
            // The host rotates its logs away.
        }

        @Override
        public void forget(UUID vm) {
            // Nothing is known of it.
        }
    }
}
