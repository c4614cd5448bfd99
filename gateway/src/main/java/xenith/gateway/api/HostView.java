package xenith.gateway.api;

import java.time.Instant;
import java.util.Optional;
import xenith.engine.model.Host;
import xenith.engine.operation.HostUsage;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Vms;

/**
 * A host in JSON.
 *
 * @param capacity what it offers to virtual machines
 * @param promised what of it is held by machines that are there or will be
 * @param usage what it physically has and had free when it last answered; null when it has not since the gateway began
 * @param vms how many machines it has that have not ended
 */
record HostView(
        long id,
        String name,
        String driver,
        String uri,
        Optional<String> migrationAddress,
        String zone,
        String state,
        String reason,
        CapacityView capacity,
        CapacityView promised,
        Optional<Usage> usage,
        String hypervisor,
        String version,
        String arch,
        int cores,
        long vms,
        Instant createdAt) {
    /** How a host was when it last answered; {@code domains} counts foreign ones too. */
    record Usage(Instant at, CapacityView total, CapacityView free, int domains) {
        static Usage of(HostUsage usage) {
            return new Usage(
                    usage.at(), CapacityView.of(usage.total()), CapacityView.of(usage.free()), usage.domains());
        }
    }

    static HostView of(Snapshot state, Host host, Optional<HostUsage> usage) {
        return new HostView(
                host.id().value(),
                host.name(),
                host.driver(),
                host.uri(),
                host.migrationAddress(),
                host.zone(),
                Words.of(host.state()),
                host.reason(),
                CapacityView.of(host.capacity()),
                CapacityView.of(state.sum(Vms.HELD, host.id()).plus(state.sum(Vms.ARRIVING, host.id()))),
                usage.map(Usage::of),
                host.facts().hypervisor(),
                host.facts().version(),
                host.facts().arch(),
                host.facts().cores(),
                Vms.onHost(state, host.id())
                        .filter(vm -> !vm.ended() && !vm.released())
                        .count(),
                host.createdAt());
    }
}
