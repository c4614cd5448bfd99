package xenith.drivers.libvirt;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.libvirt.LibvirtException;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.HypervisorDriver;

/** Reaches hosts through libvirt: one connection per host, one event loop for all. */
public final class LibvirtHypervisorDriver implements HypervisorDriver {
    private final String name;
    private final Path instances;
    private final Path consoles;

    private final ShutdownRequests shutdowns = new ShutdownRequests();

    /**
     * @param name what hosts carry as their driver
     * @param instances where clones are, this machine's or shared, whose file system is the disk that hosts offer; must
     *     be there
     * @param consoles where consoles' logs of this machine's domains are, and the ends of those that others have left;
     *     must be there, and libvirtd may write into it
     */
    public LibvirtHypervisorDriver(String name, Path instances, Path consoles) {
        this.name = name;
        this.instances = instances.toAbsolutePath();
        this.consoles = consoles.toAbsolutePath();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Hypervisor connect(HostEndpoint endpoint, DomainListener listener) throws DriverException {
        HostUri uri = HostUri.parse(endpoint.uri());
        LibvirtConnection connection = open(endpoint, uri, listener);
        boolean xen = uri.driver().equals("xen");
        try {
            LibvirtVersions.refuseOlder(endpoint, connection);
            UnattendedStarts.refuse(endpoint, connection);
            return new LibvirtHypervisor(
                    endpoint,
                    connection,
                    dialect(uri, connection),
                    new HostReports(connection, endpoint.cloud(), xen, instances, uri.store(endpoint.name())),
                    xen ? new XenConsoles(connection, consoles) : plainConsoles(uri, endpoint),
                    new KeptConsoles(consoles),
                    shutdowns);
        } catch (DriverException e) {
            connection.close();
            throw e;
        }
    }

    /** What a host's connection fails of is said of the host, which people know by its name. */
    private static LibvirtConnection open(HostEndpoint endpoint, HostUri uri, DomainListener listener)
            throws DriverException {
        try {
            return LibvirtConnection.open(uri, listener);
        } catch (DriverException e) {
            throw new DriverException(e.failure(), "host " + endpoint.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        new KeptConsoles(consoles).remove(vm);
        new ConsoleLogs(consoles).remove(vm);
        XenConsoles.forget(consoles, vm);
    }

    private Consoles plainConsoles(HostUri uri, HostEndpoint endpoint) {
        return uri.local() ? new ConsoleLogs(consoles) : new Consoles.Unreadable(endpoint.name());
    }

    private DomainDialect dialect(HostUri uri, LibvirtConnection connection) throws DriverException {
        return connection.ask("the host's kind", connect -> switch (uri.driver()) {
            case "xen" ->
                new XenDialect(
                        connect.nodeInfo().model, Set.copyOf(XmlElements.texts(connect.getCapabilities(), "os_type")));
            case "test" -> new TestDialect();
            default -> new QemuDialect(domainType(uri, connect), connect.nodeInfo().model, new ConsoleLogs(consoles));
        });
    }

    /** libvirt offers KVM where the device is there, which is no proof that it executes anything. */
    private static String domainType(HostUri uri, ExtendedConnect connect) throws LibvirtException {
        if (uri.domainType().isPresent()) {
            return uri.domainType().get();
        }
        boolean kvm = XmlElements.attributes(connect.getCapabilities(), "domain").stream()
                .map(attributes -> attributes.get("type"))
                .anyMatch("kvm"::equals);
        return kvm ? "kvm" : "qemu";
    }
}
