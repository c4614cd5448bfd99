package xenith.drivers.qemu;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import xenith.drivers.network.LibvirtNetworkDriver;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;
import xenith.engine.port.NetworkDriverContract;

/** Real bridges and a real DHCP server, in namespaces of their own. */
@Tag("qemu")
class LibvirtNetworkQemuTest extends NetworkDriverContract {
    private static LocalHypervisor local;
    private static HostEndpoint host;

    @BeforeAll
    static void startHypervisor() throws Exception {
        local = LocalHypervisor.start();
        host = local.endpoint(UUID.randomUUID());
    }

    @AfterAll
    static void stopHypervisor() throws Exception {
        local.stop();
    }

    @Override
    protected NetworkDriver driver() {
        return new LibvirtNetworkDriver("libvirt");
    }

    @Override
    protected HostEndpoint host() {
        return host;
    }
}
