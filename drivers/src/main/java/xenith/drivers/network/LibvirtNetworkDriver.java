package xenith.drivers.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import xenith.drivers.libvirt.ExtendedConnect;
import xenith.drivers.libvirt.HostUri;
import xenith.drivers.libvirt.LibvirtConnection;
import xenith.drivers.libvirt.NativeCallException;
import xenith.engine.model.AddressLease;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;

/**
 * Networks as transient ones of libvirt, made when they are first needed: what runs is all there is. That is so on this
 * machine's own hypervisor. Another machine's bridges are its site's: there the driver looks and changes nothing. Each
 * call has a connection of its own, so that one that hangs holds up nothing else.
 */
public final class LibvirtNetworkDriver implements NetworkDriver {
    private final String name;

    /** @param name what hosts carry as their driver */
    public LibvirtNetworkDriver(String name) {
        this.name = name;
    }

    /** What is done with a network that runs. */
    @FunctionalInterface
    private interface Change {
        void on(ExtendedConnect connect, Map<String, String> addressByMac)
                throws LibvirtException, NativeCallException, DriverException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean servesDhcp(HostEndpoint host) throws DriverException {
        return HostUri.parse(host.uri()).local();
    }

    @Override
    public void ensure(HostEndpoint host, VirtualNetwork network) throws DriverException {
        if (!servesDhcp(host)) {
            lookForBridge(host, network);
            return;
        }
        UUID uuid = NetworkXml.uuid(host, network);
        try (LibvirtConnection connection = open(host)) {
            if (connection.ask(what(network), connect -> hosts(connect, uuid)).isPresent()) {
                return;
            }
            try {
                connection.change("starting " + what(network), connect -> connect.networkCreateXML(
                                NetworkXml.of(host, network, Map.of()))
                        .free());
            } catch (DriverException e) {
                // Two machines may have needed it at once.
                boolean runs = connection.alive()
                        && connection
                                .ask(what(network), connect -> hosts(connect, uuid))
                                .isPresent();
                if (!runs) {
                    throw e;
                }
            }
        }
    }

    /** A host whose libvirt cannot tell of its bridges is taken at its site's word. */
    private static void lookForBridge(HostEndpoint host, VirtualNetwork network) throws DriverException {
        try (LibvirtConnection connection = open(host)) {
            boolean missing = connection.ask(what(network), connect -> {
                try {
                    connect.interfaceLookupByName(network.bridge()).free();
                    return false;
                } catch (LibvirtException e) {
                    return e.getError().getCode() == ErrorNumber.VIR_ERR_NO_INTERFACE;
                }
            });
            if (missing) {
                throw new DriverException(
                        Failure.REFUSED,
                        what(network) + ": host " + host.name() + " has no bridge " + network.bridge());
            }
        }
    }

    @Override
    public void admit(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException {
        if (!servesDhcp(host)) {
            return;
        }
        String address = lease.address().toString();
        boolean runs = change(host, network, "admitting " + lease.mac(), (connect, hosts) -> {
            if (!address.equals(hosts.get(lease.mac()))) {
                DhcpHosts entries = DhcpHosts.of(connect, host, network, hosts);
                for (Map.Entry<String, String> other : hosts.entrySet()) {
                    if (other.getKey().equals(lease.mac()) || other.getValue().equals(address)) {
                        entries.remove(other.getKey(), other.getValue());
                    }
                }
                entries.add(lease.mac(), address);
            }
        });
        if (!runs) {
            throw new DriverException(Failure.FAILED, what(network) + " does not run on host " + host.name());
        }
    }

    @Override
    public void withdraw(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException {
        if (!servesDhcp(host)) {
            return;
        }
        String address = lease.address().toString();
        change(host, network, "withdrawing " + lease.mac(), (connect, hosts) -> {
            if (address.equals(hosts.get(lease.mac()))) {
                DhcpHosts.of(connect, host, network, hosts).remove(lease.mac(), address);
            }
        });
    }

    @Override
    public Set<String> admitted(HostEndpoint host, VirtualNetwork network) throws DriverException {
        if (!servesDhcp(host)) {
            return Set.of();
        }
        try (LibvirtConnection connection = open(host)) {
            return connection
                    .ask(what(network), connect -> hosts(connect, NetworkXml.uuid(host, network)))
                    .orElse(Map.of())
                    .keySet();
        }
    }

    /** @return false when the network does not run there */
    private boolean change(HostEndpoint host, VirtualNetwork network, String what, Change change)
            throws DriverException {
        try (LibvirtConnection connection = open(host)) {
            Optional<Map<String, String>> hosts =
                    connection.ask(what(network), connect -> hosts(connect, NetworkXml.uuid(host, network)));
            if (hosts.isPresent()) {
                connection.change(
                        what + " on " + what(network), connect -> change.on(connect, new LinkedHashMap<>(hosts.get())));
            }
            return hosts.isPresent();
        }
    }

    /** DHCP entries of the running network; empty when it does not run. */
    private static Optional<Map<String, String>> hosts(ExtendedConnect connect, UUID uuid) throws LibvirtException {
        try {
            Network found = connect.networkLookupByUUIDString(uuid.toString());
            Optional<Map<String, String>> hosts =
                    found.isActive() == 1 ? Optional.of(NetworkXml.hosts(found.getXMLDesc(0))) : Optional.empty();
            found.free();
            return hosts;
        } catch (LibvirtException e) {
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_NETWORK) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static LibvirtConnection open(HostEndpoint host) throws DriverException {
        return LibvirtConnection.open(HostUri.parse(host.uri()));
    }

    private static String what(VirtualNetwork network) {
        return "network " + network.name();
    }
}
