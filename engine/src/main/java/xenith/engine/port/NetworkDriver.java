package xenith.engine.port;

import java.util.Set;
import xenith.engine.model.AddressLease;
import xenith.engine.model.VirtualNetwork;

/** Carries virtual networks on hosts. Thread-safe. */
public interface NetworkDriver {
    /** The name that hosts carry as their {@code driver}. */
    String name();

    /**
     * Whether {@link #admit} makes the host give guests their addresses by DHCP. Where it does not, as on a bridge that is
     * the site's own, a guest is told its address by its contextualisation.
     */
    boolean servesDhcp(HostEndpoint host) throws DriverException;

    /** Makes the network usable on the host. Returns when it is. */
    void ensure(HostEndpoint host, VirtualNetwork network) throws DriverException;

    /** Lets the lease's card have its address there, by DHCP. Returns when it may already. */
    void admit(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException;

    /** Takes {@link #admit} back. Returns when there is nothing to take back. */
    void withdraw(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException;

    /** MAC addresses that are admitted on that host: what an audit compares. */
    Set<String> admitted(HostEndpoint host, VirtualNetwork network) throws DriverException;
}
