package xenith.drivers.network;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import xenith.drivers.libvirt.HostUri;
import xenith.drivers.libvirt.LibvirtConnection;
import xenith.engine.model.HostId;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;
import xenith.engine.port.NetworkDriverContract;

/** libvirt's test driver, whose state lasts while a connection to it is open. */
class LibvirtNetworkContractTest extends NetworkDriverContract {
    private final HostEndpoint host =
            new HostEndpoint(new HostId(1), "test", "test:///default", Optional.empty(), UUID.randomUUID());
    private LibvirtConnection keeper;

    @BeforeEach
    void keepOpen() throws DriverException {
        keeper = LibvirtConnection.open(HostUri.parse(host.uri()));
    }

    @AfterEach
    void letGo() {
        keeper.close();
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
