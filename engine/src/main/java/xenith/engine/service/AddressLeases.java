package xenith.engine.service;

import java.util.Locale;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Networks;

/** Gives addresses of virtual networks to virtual machines. */
final class AddressLeases {
    /** Locally administered, and QEMU's and Xen's habit: no vendor's. */
    private static final String MAC_PREFIX = "02:00";

    /**
     * Leases the next free address after the one that was leased last, so that an address rests before it is used again.
     *
     * @throws EngineException {@code NETWORK_NOT_FOUND}, {@code NO_ADDRESS}
     */
    AddressLease lease(Transaction tx, NetworkId id, VmId vm) {
        VirtualNetwork network = require(tx.state(), id);
        long size = size(network);
        long next = tx.next("address/" + id);
        for (long tried = 0; tried < size; tried++) {
            Ipv4 address = new Ipv4((int) (network.first().bits() + (next + tried) % size));
            boolean free = !address.equals(network.gateway())
                    && tx.find(Leases.TABLE, new AddressLease.Key(id, address)).isEmpty();
            if (free) {
                AddressLease lease = new AddressLease(id, address, mac(address), vm);
                tx.put(Leases.TABLE, lease);
                return lease;
            }
        }
        throw new EngineException(
                ErrorCode.NO_ADDRESS, "network " + network.name() + " has none of its " + size + " addresses left");
    }

    /**
     * How many machines can still be given an address.
     *
     * @throws EngineException {@code NETWORK_NOT_FOUND}
     */
    long free(Snapshot state, NetworkId id) {
        VirtualNetwork network = require(state, id);
        boolean gatewayCounts = network.gateway().compareTo(network.first()) >= 0
                && network.gateway().compareTo(network.last()) <= 0;
        return size(network) - (gatewayCounts ? 1 : 0) - state.count(Leases.BY_NETWORK, id);
    }

    private static long size(VirtualNetwork network) {
        return Integer.toUnsignedLong(network.last().bits())
                - Integer.toUnsignedLong(network.first().bits())
                + 1;
    }

    private static VirtualNetwork require(Snapshot state, NetworkId id) {
        return state.find(Networks.TABLE, id)
                .orElseThrow(() -> new EngineException(ErrorCode.NETWORK_NOT_FOUND, "there is no network " + id));
    }

    /** OpenNebula's way: the address is in the card's, so the one tells the other. */
    private static String mac(Ipv4 address) {
        int bits = address.bits();
        return String.format(
                Locale.ROOT,
                "%s:%02x:%02x:%02x:%02x",
                MAC_PREFIX,
                bits >>> 24,
                bits >>> 16 & 255,
                bits >>> 8 & 255,
                bits & 255);
    }
}
