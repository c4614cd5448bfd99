package xenith.engine.operation;

import xenith.engine.model.HostId;
import xenith.engine.port.DriverException;

/** The other hosts, for work that concerns two of them. To be used on driver threads only, since connecting may hang. */
@FunctionalInterface
interface Peers {
    /** @throws DriverException {@code UNREACHABLE} when the host is not there or cannot be connected to */
    HostAccess access(HostId host) throws DriverException;
}
