package xenith.gateway.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Host;
import xenith.engine.model.ImageId;
import xenith.engine.model.User;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.placement.Explanation;
import xenith.engine.port.DomainUsage;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Networks;
import xenith.engine.tables.Users;

/**
 * A virtual machine in JSON. What it tells its guest, user data above all, is not in it.
 *
 * @param instanceId its name in EC2's words
 * @param work what is being done to it, as {@code start}
 * @param reason why it is in its state
 * @param waits why it has no host yet; null when it does not wait for one
 * @param host where it is; null when it has none, or has released it
 * @param target where it is being moved to; null when it is not
 * @param hypervisor its host's
 * @param version its host's hypervisor's
 * @param usage what it uses now; null in lists, and when it does not run or its host does not answer
 * @param image number of the image that it boots; null for a bare kernel
 */
record VmView(
        long id,
        String name,
        String instanceId,
        UUID uuid,
        String accountId,
        Optional<String> owner,
        String state,
        String work,
        String reason,
        Optional<String> waits,
        Optional<String> host,
        Optional<String> target,
        Optional<String> hypervisor,
        Optional<String> version,
        String type,
        int vcpus,
        CapacityView capacity,
        Optional<UsageView> usage,
        Optional<Long> image,
        Optional<String> zone,
        List<Address> addresses,
        Instant createdAt,
        Instant stateSince,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {
    /** One card's address. */
    record Address(Optional<String> network, String address, String mac) {
        static Address of(Snapshot state, AddressLease lease) {
            return new Address(
                    state.find(Networks.TABLE, lease.network()).map(VirtualNetwork::name),
                    lease.address().toString(),
                    lease.mac());
        }
    }

    static VmView of(Snapshot state, VirtualMachine vm, Optional<Explanation> waiting, Optional<DomainUsage> usage) {
        Optional<Host> host = vm.released() ? Optional.empty() : vm.host().flatMap(id -> state.find(Hosts.TABLE, id));
        List<Address> addresses = Leases.of(state, vm.id())
                .sorted(Comparator.comparing(AddressLease::network).thenComparing(AddressLease::address))
                .map(lease -> Address.of(state, lease))
                .toList();
        return new VmView(
                vm.id().value(),
                vm.name(),
                vm.spec().context().instanceId(),
                vm.uuid(),
                vm.account().value(),
                state.find(Users.TABLE, vm.owner()).map(User::name),
                Words.of(vm.state()),
                Words.of(vm.work()),
                vm.reason().message(),
                waiting.map(Explanation::sentence),
                host.map(Host::name),
                vm.target().flatMap(id -> state.find(Hosts.TABLE, id)).map(Host::name),
                host.map(known -> known.facts().hypervisor()),
                host.map(known -> known.facts().version()),
                vm.spec().typeName(),
                vm.spec().vcpus(),
                CapacityView.of(vm.spec().capacity()),
                usage.map(UsageView::of),
                vm.spec().boot().disk().map(ImageId::value),
                vm.spec().zone(),
                addresses,
                vm.createdAt(),
                vm.stateSince(),
                vm.startedAt(),
                vm.endedAt());
    }
}
