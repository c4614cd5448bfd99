package xenith.drivers.sim;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import xenith.engine.model.AddressLease;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;

/** Networks of simulated hosts: every host carries every one, and knows whose cards have addresses there. */
public final class SimNetworkDriver implements NetworkDriver {
    private final SimWorld world;

    public SimNetworkDriver(SimWorld world) {
        this.world = world;
    }

    @Override
    public String name() {
        return SimHypervisorDriver.NAME;
    }

    /** Simulated guests are told their addresses by their hosts. */
    @Override
    public boolean servesDhcp(HostEndpoint endpoint) {
        return true;
    }

    @Override
    public void ensure(HostEndpoint endpoint, VirtualNetwork network) throws DriverException {
        new SimLine(world, host(endpoint)).call(SimCall.ENSURE, draws -> null);
    }

    @Override
    public void admit(HostEndpoint endpoint, VirtualNetwork network, AddressLease lease) throws DriverException {
        SimHost host = host(endpoint);
        SimCard card = card(network, lease);
        new SimLine(world, host).call(SimCall.ADMIT, draws -> {
            world.ledger()
                    .change(() -> host.find(SimKind.CARD, card.key())
                                    .filter(card::equals)
                                    .isPresent()
                            ? List.of()
                            : List.of(SimChange.put(SimKind.CARD, host.name(), card.key(), card)));
            return null;
        });
    }

    @Override
    public void withdraw(HostEndpoint endpoint, VirtualNetwork network, AddressLease lease) throws DriverException {
        SimHost host = host(endpoint);
        SimCard card = card(network, lease);
        new SimLine(world, host).call(SimCall.WITHDRAW, draws -> {
            world.ledger()
                    .change(() -> host.find(SimKind.CARD, card.key()).isPresent()
                            ? List.of(SimChange.remove(SimKind.CARD, host.name(), card.key()))
                            : List.of());
            return null;
        });
    }

    @Override
    public Set<String> admitted(HostEndpoint endpoint, VirtualNetwork network) throws DriverException {
        SimHost host = host(endpoint);
        return new SimLine(world, host).call(SimCall.ADMITTED, draws -> host.all(SimKind.CARD)
                .filter(card -> card.network() == network.id().value())
                .map(SimCard::mac)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private SimHost host(HostEndpoint endpoint) throws DriverException {
        return world.ledger().host(SimUri.parse(endpoint.uri()).host());
    }

    private static SimCard card(VirtualNetwork network, AddressLease lease) {
        return new SimCard(network.id().value(), lease.mac(), lease.address().toString());
    }
}
