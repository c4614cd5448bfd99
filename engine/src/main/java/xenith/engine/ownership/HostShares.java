package xenith.engine.ownership;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostOwner;
import xenith.engine.model.OperationStatus;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Gateways;
import xenith.engine.tables.HostOwners;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Operations;

/** Shares the hosts out among the gateways, as one of them does for itself within a unit of work. */
final class HostShares {
    /** A unit of work stays short; what is left is for the next one. */
    private static final int MAX_CHANGES = 1_000;

    private HostShares() {}

    /**
     * Takes hosts that are nobody's and gives up those beyond its share, if nothing is in a driver's hands there.
     *
     * @return whether there is more to be taken
     */
    static boolean settle(Transaction tx, String gateway) {
        forgetRemoved(tx);
        Snapshot state = tx.state();
        int gateways = Math.max(1, state.all(Gateways.TABLE).size());
        int share = (state.all(Hosts.TABLE).size() + gateways - 1) / gateways;
        int owned = state.count(HostOwners.BY_GATEWAY, gateway);
        if (owned > share) {
            idle(state, gateway)
                    .limit(Math.min(MAX_CHANGES, owned - share))
                    .toList()
                    .forEach(host -> tx.remove(HostOwners.TABLE, host));
            return false;
        }
        List<HostId> free = state.all(Hosts.TABLE).stream()
                .map(Host::id)
                .filter(host -> state.find(HostOwners.TABLE, host).isEmpty())
                .sorted()
                .limit(Math.min(MAX_CHANGES, share - owned))
                .toList();
        free.forEach(host -> take(tx, gateway, host));
        return free.size() == MAX_CHANGES;
    }

    /** Takes the host under a new epoch, whoever had it. */
    static void take(Transaction tx, String gateway, HostId host) {
        tx.put(HostOwners.TABLE, new HostOwner(host, gateway, tx.next("ownership")));
        CutOff.apply(tx, Operations.onHost(tx.state(), host), "the end of its gateway");
    }

    /** Makes the gateway's hosts nobody's, and the gateway gone. */
    static void release(Transaction tx, String gateway) {
        tx.state()
                .by(HostOwners.BY_GATEWAY, HostOwners.TABLE, gateway)
                .toList()
                .forEach(owner -> tx.remove(HostOwners.TABLE, owner.host()));
        tx.remove(Gateways.TABLE, gateway);
    }

    private static void forgetRemoved(Transaction tx) {
        tx.state().all(HostOwners.TABLE).stream()
                .map(HostOwner::host)
                .filter(host -> tx.find(Hosts.TABLE, host).isEmpty())
                .toList()
                .forEach(host -> tx.remove(HostOwners.TABLE, host));
    }

    private static Stream<HostId> idle(Snapshot state, String gateway) {
        return state.by(HostOwners.BY_GATEWAY, HostOwners.TABLE, gateway)
                .map(HostOwner::host)
                .filter(host -> Operations.onHost(state, host)
                        .noneMatch(operation -> operation.status() == OperationStatus.RUNNING))
                .sorted(Comparator.reverseOrder());
    }
}
