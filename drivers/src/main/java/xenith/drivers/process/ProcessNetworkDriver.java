package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import xenith.engine.model.AddressLease;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;

/** Networks as the program carries them on its hosts. */
record ProcessNetworkDriver(DriverProcess process) implements NetworkDriver {
    @Override
    public String name() {
        return ProcessDrivers.NAME;
    }

    @Override
    public boolean servesDhcp(HostEndpoint host) throws DriverException {
        return process.ask(Method.SERVES_DHCP, Optional.of(host), PortWriter.params(), Answer::flag);
    }

    @Override
    public void ensure(HostEndpoint host, VirtualNetwork network) throws DriverException {
        process.ask(Method.ENSURE, Optional.of(host), params(network), PortReader::nothing);
    }

    @Override
    public void admit(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException {
        process.ask(Method.ADMIT, Optional.of(host), params(network, lease), PortReader::nothing);
    }

    @Override
    public void withdraw(HostEndpoint host, VirtualNetwork network, AddressLease lease) throws DriverException {
        process.ask(Method.WITHDRAW, Optional.of(host), params(network, lease), PortReader::nothing);
    }

    @Override
    public Set<String> admitted(HostEndpoint host, VirtualNetwork network) throws DriverException {
        return process.ask(Method.ADMITTED, Optional.of(host), params(network), PortReader::texts);
    }

    private static ObjectNode params(VirtualNetwork network) {
        ObjectNode params = PortWriter.params();
        params.set("network", PortWriter.network(network));
        return params;
    }

    private static ObjectNode params(VirtualNetwork network, AddressLease lease) {
        ObjectNode params = params(network);
        params.set("lease", PortWriter.lease(lease));
        return params;
    }
}
