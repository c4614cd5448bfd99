package xenith.engine.tables;

import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.VmId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** Addresses that are held. */
public final class Leases {
    public static final Index<VmId, AddressLease.Key, AddressLease> BY_VM =
            new Index<>("lease by vm", lease -> Optional.of(lease.vm()));

    public static final Index<NetworkId, AddressLease.Key, AddressLease> BY_NETWORK =
            new Index<>("lease by network", lease -> Optional.of(lease.network()));

    public static final Table<AddressLease.Key, AddressLease> TABLE = Table.named("address_leases", AddressLease::key)
            .keyNumber("network", lease -> lease.network().value())
            .keyText("address", lease -> lease.address().toString())
            .text("mac", AddressLease::mac)
            .number("vm", lease -> lease.vm().value())
            .index(BY_VM)
            .index(BY_NETWORK)
            .readBy(row -> new AddressLease(
                    new NetworkId(row.number("network")),
                    Ipv4.parse(row.text("address")),
                    row.text("mac"),
                    new VmId(row.number("vm"))));

    private Leases() {}

    public static Stream<AddressLease> of(Snapshot state, VmId vm) {
        return state.by(BY_VM, TABLE, vm);
    }
}
