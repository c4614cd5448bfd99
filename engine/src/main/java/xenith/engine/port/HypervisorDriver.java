package xenith.engine.port;

import java.util.UUID;

/** One kind of hypervisor access, as libvirt. Thread-safe. */
public interface HypervisorDriver {
    /** The name that hosts carry as their {@code driver}. */
    String name();

    /**
     * Opens a connection to a host.
     *
     * @param listener told of what happens to domains on that host until the connection is closed
     * @throws DriverException {@code REFUSED} when the URI can never work, {@code UNREACHABLE} otherwise
     */
    Hypervisor connect(HostEndpoint endpoint, DomainListener listener) throws DriverException;

    /**
     * Removes what this machine, not a host, keeps of an ended machine whose host is not there any more. Returns when there
     * is nothing.
     */
    void forget(UUID vm) throws DriverException;
}
