package xenith.engine.service;

import java.util.Optional;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.NetworkId;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Networks;

/** Virtual networks, as operators make them. */
public final class NetworkRegistry {
    /**
     * Adds a network.
     *
     * @param network with any id; it gets its own
     * @throws EngineException {@code NOT_ALLOWED}, {@code NAME_TAKEN}
     */
    public VirtualNetwork add(Transaction tx, Caller caller, VirtualNetwork network) {
        Authorization.requireOperator(caller);
        return create(tx, network);
    }

    /** The cloud's own first network, for which there is no caller yet. Otherwise as {@link #add}. */
    public VirtualNetwork create(Transaction tx, VirtualNetwork network) {
        if (byName(tx.state(), network.name()).isPresent()) {
            throw new EngineException(ErrorCode.NAME_TAKEN, "there is a network named '" + network.name() + "'");
        }
        VirtualNetwork added = new VirtualNetwork(
                new NetworkId(tx.next("network")),
                network.name(),
                network.bridge(),
                network.subnet(),
                network.first(),
                network.last(),
                network.gateway());
        tx.put(Networks.TABLE, added);
        tx.emit(EventKind.NETWORK_ADDED, "network/" + added.id(), Optional.empty(), added.name());
        return added;
    }

    public Optional<VirtualNetwork> byName(Snapshot state, String name) {
        return state.by(Networks.BY_NAME, Networks.TABLE, name).findFirst();
    }
}
