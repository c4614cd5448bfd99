package xenith.engine;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import xenith.engine.model.HostId;
import xenith.engine.model.VmId;
import xenith.engine.operation.EngineSettings;
import xenith.engine.operation.HostRecovery;
import xenith.engine.operation.HostRuntimes;
import xenith.engine.operation.HostUsage;
import xenith.engine.operation.LaunchWatch;
import xenith.engine.operation.LeftoverSweep;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.operation.Tombstones;
import xenith.engine.ownership.Ownership;
import xenith.engine.ownership.SoleOwnership;
import xenith.engine.placement.Destinations;
import xenith.engine.placement.Evacuation;
import xenith.engine.placement.Explanation;
import xenith.engine.placement.OrphanedEnds;
import xenith.engine.placement.PlacementPolicy;
import xenith.engine.placement.Scheduler;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverSet;
import xenith.engine.service.Consoles;
import xenith.engine.service.DriverQuestions;
import xenith.engine.service.ImageInspection;
import xenith.engine.service.LiveObservations;
import xenith.engine.service.Observations;
import xenith.engine.store.Store;

/**
 * The engine at work on a store whose cloud has its UUID: scheduler, hosts' lanes and watches. Services act on the
 * store; this follows what they commit. Thread-safe.
 */
public final class Engine implements AutoCloseable {
    private final Ownership ownership;
    private final HostRuntimes hosts;
    private final Scheduler scheduler;
    private final Evacuation evacuation;
    private final HostRecovery recovery;
    private final LaunchWatch launches;
    private final Destinations destinations;
    private final Tombstones tombstones;
    private final OrphanedEnds ends;
    private final LeftoverSweep leftovers;
    private final DriverQuestions questions;

    /**
     * Wires the engine; nothing acts before {@link #start}.
     *
     * @param drivers the drivers there are; images lie in the first one's store
     */
    public Engine(
            Store store,
            List<DriverSet> drivers,
            PlacementPolicy policy,
            RecoverySettings lostHosts,
            EngineSettings settings,
            Clock clock) {
        this(store, new SoleOwnership(store), drivers, policy, lostHosts, settings, clock);
    }

    /**
     * One of several on a store that they share.
     *
     * @param ownership what this one may act on; the engine starts and closes it
     */
    public Engine(
            Store store,
            Ownership ownership,
            List<DriverSet> drivers,
            PlacementPolicy policy,
            RecoverySettings lostHosts,
            EngineSettings settings,
            Clock clock) {
        this.ownership = ownership;
        Map<String, DriverSet> byName =
                drivers.stream().collect(Collectors.toMap(DriverSet::name, Function.identity()));
        this.hosts = new HostRuntimes(store, ownership, byName, settings, lostHosts.restarts(), clock);
        this.scheduler = new Scheduler(store, ownership, policy);
        this.destinations = new Destinations(policy);
        this.evacuation = new Evacuation(store, ownership, destinations);
        this.launches = new LaunchWatch(store, ownership, hosts, settings, clock);
        this.recovery = new HostRecovery(store, ownership, hosts, lostHosts, clock);
        this.tombstones = new Tombstones(store, ownership, hosts, settings, clock);
        this.ends = new OrphanedEnds(store, ownership);
        this.leftovers = new LeftoverSweep(store, ownership, hosts, settings);
        this.questions = new DriverQuestions(hosts, drivers.get(0).name());
    }

    public void start() {
        ownership.start();
        hosts.start();
        scheduler.start();
        evacuation.start();
        recovery.start();
        launches.start();
        tombstones.start();
        ends.start();
        leftovers.start();
    }

    /** Where machines that have been on a host can go, by the engine's policy. */
    public Destinations destinations() {
        return destinations;
    }

    public Consoles consoles() {
        return questions;
    }

    public ImageInspection inspection() {
        return questions;
    }

    public Observations observations() {
        return new LiveObservations(hosts, launches);
    }

    /** How the host was when it last answered; empty when it has not since this process began. */
    public Optional<HostUsage> usage(HostId host) {
        return hosts.usage(host);
    }

    /** What machines on these hosts use now, by their UUIDs; those of hosts that do not answer in time are left out. */
    public Map<UUID, DomainUsage> usages(Set<HostId> asked) {
        return hosts.askEach(asked, "usage", access -> access.hypervisor().usages()).values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(DomainUsage::vm, Function.identity(), (first, second) -> first));
    }

    /** Why the machine still waits for a host; empty when it does not. */
    public Optional<Explanation> explain(VmId vm) {
        return scheduler.explain(vm);
    }

    /** Stops acting. What is in drivers' hands is given a few seconds, and is otherwise unknown to the next start. */
    @Override
    public void close() {
        leftovers.close();
        ends.close();
        tombstones.close();
        launches.close();
        recovery.close();
        evacuation.close();
        scheduler.close();
        hosts.close();
        ownership.close();
    }
}
