package xenith.gateway.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.port.DomainUsage;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;

/**
 * The newest sample of every monitored instance that runs. One whose host did not answer the last time has none. Kept in
 * memory alone. Thread-safe.
 */
public final class InstanceSamples {
    /** How often {@link #take} is to be called. */
    public static final long PERIOD_MILLIS = 60_000;

    private final Store store;
    private final Function<Set<HostId>, Map<UUID, DomainUsage>> usages;
    private final Clock clock;
    private volatile List<InstanceSample> newest = List.of();

    private record Monitored(InstanceEntry entry, VirtualMachine vm) {}

    /** @param usages asks hosts what their machines use; leaves out those that do not answer in time */
    public InstanceSamples(Store store, Function<Set<HostId>, Map<UUID, DomainUsage>> usages, Clock clock) {
        this.store = store;
        this.usages = usages;
        this.clock = clock;
    }

    /** Asks the hosts that monitored instances are on, and no others. */
    public void take() {
        List<Monitored> monitored = monitored(store.state());
        Set<HostId> hosts = new HashSet<>();
        monitored.forEach(instance -> instance.vm.host().ifPresent(hosts::add));
        if (hosts.isEmpty()) {
            newest = List.of();
            return;
        }
        Map<UUID, DomainUsage> used = usages.apply(hosts);
        Instant now = clock.instant();
        List<InstanceSample> taken = new ArrayList<>();
        for (Monitored instance : monitored) {
            Optional.ofNullable(used.get(instance.vm.uuid()))
                    .ifPresent(usage ->
                            taken.add(new InstanceSample(instance.entry.id(), instance.entry.account(), now, usage)));
        }
        newest = List.copyOf(taken);
    }

    /** Ordered by instance. */
    List<InstanceSample> newest() {
        return newest;
    }

    private static List<Monitored> monitored(Snapshot state) {
        return state.by(Instances.MONITORED, Instances.TABLE, true)
                .flatMap(entry -> state.find(Vms.TABLE, entry.vm()).stream().map(vm -> new Monitored(entry, vm)))
                .filter(instance -> instance.vm.state() == VmState.RUNNING || instance.vm.state() == VmState.PAUSED)
                .sorted(Comparator.comparing(instance -> instance.entry.id()))
                .toList();
    }
}
