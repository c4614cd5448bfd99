package xenith.engine.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Capacity;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.Work;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * Brings what a host shows and what the cloud holds together. What a host shows is held against the state that stood
 * before it was asked: where a machine has changed since, the sight is too old to count. Thread-safe.
 */
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /** A single lost answer is no reason to take a host out of service. */
    private static final int FAILURES_UNTIL_ERROR = 2;

    private static final Map<VmEvent, StateReason> REASONS = Map.of(
            VmEvent.SEEN_ABSENT, new StateReason(Cause.GUEST, "the guest shut down, or its host did"),
            VmEvent.SEEN_CRASHED, new StateReason(Cause.FAULT, "the guest crashed"),
            VmEvent.SEEN_PAUSED, new StateReason(Cause.FAULT, "its host paused it"));

    private static final Map<DomainEnd, StateReason> END_REASONS = Map.of(
            DomainEnd.CRASHED, new StateReason(Cause.FAULT, "the guest crashed"),
            DomainEnd.KILLED, new StateReason(Cause.FAULT, "it was ended on its host, not by its guest"));

    private final Store store;
    private final Peers peers;
    private final UUID cloud;
    private final EngineSettings settings;
    private final Clock clock;
    private volatile Optional<Seen> earlier = Optional.empty();

    /**
     * What is known of the host from looks without a gap between them.
     *
     * @param since when the first of them was
     * @param domains those that the latest showed
     */
    private record Seen(Instant since, Set<UUID> domains) {}

    Reconciliation(Store store, Peers peers, UUID cloud, EngineSettings settings, Clock clock) {
        this.store = store;
        this.peers = peers;
        this.cloud = cloud;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes over what the host says of itself and of its machines. */
    void seen(Tenure tenure, HostWatch.Sight sight) {
        HostId id = tenure.host();
        Host before = sight.before().find(Hosts.TABLE, id).orElse(null);
        if (before == null) {
            return;
        }
        Optional<Seen> known = earlier;
        earlier = Optional.of(new Seen(
                known.map(Seen::since).orElseGet(clock::instant),
                sight.domains().stream().map(DomainReport::uuid).collect(Collectors.toSet())));
        Map<UUID, VmEvent> events = eventsFor(id, sight);
        boolean hostChanged = !answered(before, sight).equals(before);
        if (events.isEmpty() && !hostChanged) {
            return;
        }
        store.write(tx -> {
            tenure.require(tx);
            tx.find(Hosts.TABLE, id).ifPresent(host -> {
                Host after = answered(host, sight);
                if (!after.equals(host)) {
                    tx.put(Hosts.TABLE, after);
                }
                // What a host can offer goes up and down all day, and is no news.
                if (after.state() != host.state() || !after.facts().equals(host.facts())) {
                    tx.emit(
                            EventKind.HOST_CHANGED,
                            "host/" + id,
                            Optional.empty(),
                            after.state() + " " + after.facts());
                }
            });
            events.forEach((uuid, event) -> apply(tx, sight, wasSeen(known, sight.before(), uuid), uuid, event));
            return null;
        });
    }

    /** Notes that the host has not answered. */
    void unseen(Tenure tenure, int failuresInARow, String why) {
        earlier = Optional.empty();
        HostId id = tenure.host();
        boolean takeOut = failuresInARow >= FAILURES_UNTIL_ERROR
                && store.state()
                        .find(Hosts.TABLE, id)
                        .filter(Reconciliation::isMissed)
                        .isPresent();
        if (takeOut) {
            store.write(tx -> {
                tenure.require(tx);
                tx.find(Hosts.TABLE, id).filter(Reconciliation::isMissed).ifPresent(host -> {
                    tx.put(Hosts.TABLE, host.silenced(shortened(why)));
                    tx.emit(EventKind.HOST_CHANGED, "host/" + id, Optional.empty(), "ERROR: " + why);
                });
                return null;
            });
        }
    }

    /** Whether its silence is news. */
    private static boolean isMissed(Host host) {
        return !host.silent() && host.state() != HostState.FENCED;
    }

    /**
     * Destroys domains that must not be there: of machines that have ended, as starts that came true late, and second
     * ones of machines that execute on their own host. Domains of nobody we know are reported and left alone, and so are
     * those of machines that are nowhere else: what they are good for, only people can tell.
     */
    void destroyStrays(Tenure tenure, HostWatch.Sight sight, HostAccess access) throws DriverException {
        HostId id = tenure.host();
        Snapshot state = store.state();
        if (sight.domains().stream().anyMatch(domain -> domain.belongsTo(cloud) && isAstray(state, id, domain))) {
            // Another gateway may have changed what this one has not heard of yet.
            destroyStrays(id, sight, access, store.write(tx -> {
                tenure.require(tx);
                return tx.state();
            }));
        }
    }

    private static boolean isAstray(Snapshot state, HostId id, DomainReport domain) {
        Optional<VirtualMachine> vm = Vms.byUuid(state, domain.uuid());
        return vm.isEmpty() || vm.get().ended() || isElsewhere(vm.get(), id);
    }

    private void destroyStrays(HostId id, HostWatch.Sight sight, HostAccess access, Snapshot state)
            throws DriverException {
        for (DomainReport domain : sight.domains()) {
            if (!domain.belongsTo(cloud)) {
                continue;
            }
            Optional<VirtualMachine> vm = Vms.byUuid(state, domain.uuid());
            if (vm.isEmpty()) {
                LOG.warn("host {} has domain {} of this cloud, whose machine nobody knows", id, domain.name());
            } else if (vm.get().ended()) {
                access.hypervisor().destroy(domain.uuid());
                access.drivers().images().discard(access.endpoint(), domain.uuid());
                told(EventKind.LATE_DOMAIN_DESTROYED, vm.get(), domain.name());
            } else if (isElsewhere(vm.get(), id) && vm.equals(Vms.byUuid(sight.before(), domain.uuid()))) {
                settleStray(id, vm.get(), domain, access);
            }
        }
    }

    private static boolean isElsewhere(VirtualMachine vm, HostId id) {
        boolean here = vm.host().filter(id::equals).isPresent()
                || vm.target().filter(id::equals).isPresent();
        return !here && !vm.work().moves();
    }

    private void settleStray(HostId id, VirtualMachine vm, DomainReport domain, HostAccess access)
            throws DriverException {
        boolean executesOnItsOwn = vm.host().isPresent()
                && MoveVerdict.Seen.of(
                                peers.access(vm.host().get()).hypervisor().domain(vm.uuid()))
                        == MoveVerdict.Seen.EXECUTING;
        if (executesOnItsOwn) {
            access.hypervisor().destroy(vm.uuid());
            told(
                    EventKind.SPLIT_BRAIN,
                    vm,
                    domain.name() + " also ran on host " + access.endpoint().name() + " and was destroyed there");
        } else {
            LOG.warn("host {} has domain {}, whose machine is {} elsewhere", id, domain.name(), vm.state());
        }
    }

    private void told(EventKind kind, VirtualMachine vm, String detail) {
        store.write(tx -> {
            tx.emit(kind, "vm/" + vm.id(), Optional.of(vm.account()), detail);
            return null;
        });
    }

    private Host answered(Host host, HostWatch.Sight sight) {
        Capacity total = sight.report().total();
        Capacity offered = new Capacity(total.cpu() * settings.cpuOvercommit(), total.memoryMib(), total.diskMib());
        return host.withReport(offered, sight.report().facts()).answering();
    }

    private static Map<UUID, VmEvent> eventsFor(HostId id, HostWatch.Sight sight) {
        Snapshot before = sight.before();
        Map<UUID, DomainReport> shown = new HashMap<>();
        sight.domains().forEach(domain -> shown.put(domain.uuid(), domain));
        Map<UUID, VmEvent> events = new HashMap<>();
        List<VirtualMachine> machines = Vms.onHost(before, id)
                .filter(vm -> !vm.ended() && vm.work() == Work.NONE)
                .toList();
        for (VirtualMachine vm : machines) {
            VmEvent event = eventFor(Optional.ofNullable(shown.get(vm.uuid())));
            if (Lifecycle.find(vm.state(), vm.work(), event).isPresent()) {
                events.put(vm.uuid(), event);
            }
        }
        return events;
    }

    private static VmEvent eventFor(Optional<DomainReport> domain) {
        if (domain.isEmpty()) {
            return VmEvent.SEEN_ABSENT;
        }
        DomainState state = domain.get().state();
        return switch (state) {
            case RUNNING, SHUTTING_DOWN -> VmEvent.SEEN_RUNNING;
            case PAUSED -> VmEvent.SEEN_PAUSED;
            case CRASHED -> VmEvent.SEEN_CRASHED;
        };
    }

    /** Whether the machine's domain was there since the looks without a gap began: its host has not been down since. */
    private static boolean wasSeen(Optional<Seen> known, Snapshot before, UUID uuid) {
        return known.filter(seen -> seen.domains().contains(uuid)
                        || Vms.byUuid(before, uuid)
                                .flatMap(VirtualMachine::startedAt)
                                .filter(seen.since()::isBefore)
                                .isPresent())
                .isPresent();
    }

    /** @param wasSeen without it, guests that are absent may have ended with their host, and not by themselves */
    private static void apply(Transaction tx, HostWatch.Sight sight, boolean wasSeen, UUID uuid, VmEvent seen) {
        VirtualMachine then = Vms.byUuid(sight.before(), uuid).orElseThrow();
        Optional<DomainEnd> end = Optional.ofNullable(sight.ends().get(uuid)).filter(e -> seen == VmEvent.SEEN_ABSENT);
        Vms.byUuid(tx.state(), uuid).filter(then::equals).ifPresent(vm -> {
            boolean byItself = seen == VmEvent.SEEN_ABSENT && end.isEmpty() && wasSeen;
            boolean ends = byItself && vm.spec().endOnShutdown();
            Steps.step(
                    tx, vm, ends ? VmEvent.END : seen, end.map(END_REASONS::get).orElse(reasonFor(seen)));
        });
    }

    private static StateReason reasonFor(VmEvent seen) {
        return REASONS.getOrDefault(seen, StateReason.NONE);
    }

    private static String shortened(String why) {
        return why.length() <= 1000 ? why : why.substring(0, 1000);
    }
}
