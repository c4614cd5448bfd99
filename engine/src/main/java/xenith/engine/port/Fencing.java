package xenith.engine.port;

/** Makes certain that a host is off. Thread-safe. */
@FunctionalInterface
public interface Fencing {
    /**
     * Switches the host off, or cuts it off from its guests' disks and networks for good. Returns when nothing on it can
     * run any more.
     *
     * @throws DriverException when that is not certain
     */
    void fence(HostEndpoint host) throws DriverException;
}
