package xenith.drivers.sim;

import java.util.UUID;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.HypervisorDriver;

/** Connections to a world's hosts, by URIs as {@code sim://host-1?cpu=1600&memoryMib=65536&diskMib=1000000}. */
public final class SimHypervisorDriver implements HypervisorDriver {
    /** What hosts carry as their {@code driver}. */
    public static final String NAME = "sim";

    private final SimWorld world;

    public SimHypervisorDriver(SimWorld world) {
        this.world = world;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Hypervisor connect(HostEndpoint endpoint, DomainListener listener) throws DriverException {
        SimHypervisor connection = new SimHypervisor(world, endpoint, SimUri.parse(endpoint.uri()), listener);
        connection.open();
        return connection;
    }

    @Override
    public void forget(UUID vm) {
        // A host that was removed has taken what it kept with it.
    }
}
