package xenith.engine.lease;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import xenith.engine.lease.SchedulerSettings.Migration;
import xenith.engine.lease.SchedulerSettings.PreparationMode;

/**
 * Decides which leases get which nodes when, and tells what happens to them as time goes by. It knows no clock: whoever
 * drives it says what time it is, never earlier than the last time, and calls {@link #advance} at each {@link #nextChange}
 * and whenever leases are asked for. Not thread-safe.
 */
public final class LeaseScheduler {
    private final SchedulerSettings settings;
    private final Consumer<LeaseEvent> events;
    private final Consumer<Slot> passed;
    private final SlotTable table;
    private final Overheads overheads;
    private final Preparation preparation;
    private final Preemption preemption;
    private final StayPlanner planner;
    private final LeaseTable leases;
    private final GreedyMapper mapper;
    private final GreedyMapper emptySite;
    private final int cpu;

    /** Best-effort leases that wait, in the order of their arrival. */
    private Deque<Lease> queue = new ArrayDeque<>();

    /** Best-effort leases that hold a place in the future which others may not take. */
    private final Set<Lease> ahead = new LinkedHashSet<>();

    /** Where disks that move come from; a lease may be over before they have arrived. */
    private final Map<Slot, Stay> origins = new HashMap<>();

    /** Slots whose time has begun and that are still in the table. */
    private final Set<Slot> active = new HashSet<>();

    /**
     * @param events what happens, in order
     * @param passed slots as they end, with the time that they really took
     */
    public LeaseScheduler(Site site, SchedulerSettings settings, Consumer<LeaseEvent> events, Consumer<Slot> passed) {
        this.settings = settings;
        this.events = events;
        this.passed = passed;
        this.table =
                new SlotTable(site, settings.networkMbps(), settings.rules().isEmpty());
        this.overheads = new Overheads(settings, site.types());
        this.preparation = settings.preparation() == PreparationMode.UNMANAGED
                ? new NoPreparation(table.nodes())
                : new ImageTransfers(settings, overheads, table.nodes(), active::contains);
        this.leases = new LeaseTable(settings.has(Rule.TRACE_IDS));
        this.preemption = new Preemption(settings, overheads);
        this.mapper = new GreedyMapper(table, settings);
        this.planner = new StayPlanner(table, settings, overheads, preemption, mapper, leases::get);
        this.emptySite = new GreedyMapper(new SlotTable(site, settings.networkMbps()), settings);
        this.cpu = site.types().index(ResourceTypes.CPU);
    }

    /** The table of promises, to be looked at. */
    public SlotTable table() {
        return table;
    }

    /** Whether nothing is promised and nobody waits. */
    public boolean isIdle() {
        return table.isEmpty() && queue.isEmpty();
    }

    /** When something will begin or end after that time, also before its time. */
    public OptionalLong nextChange(long now) {
        OptionalLong next = table.nextChange(now);
        for (Slot slot : table.all()) {
            if (slot.kind() == SlotKind.MACHINES) {
                OptionalLong early = leases.get(slot.lease()).stay().earlyEndMillis();
                if (early.isPresent() && early.getAsLong() > now) {
                    next = OptionalLong.of(Math.min(early.getAsLong(), next.orElse(Long.MAX_VALUE)));
                }
            }
        }
        return next;
    }

    /**
     * Lets pass what begins and ends now, and finds places for those that have come.
     *
     * @param arrivals leases that are asked for now
     * @throws LeaseFault if the rules contradict themselves, which only the ancestor's do
     */
    public void advance(long now, List<LeaseRequest> arrivals) {
        List<Lease> early = new ArrayList<>();
        for (Slot slot : table.all()) {
            if (slot.kind() == SlotKind.MACHINES) {
                Lease lease = leases.get(slot.lease());
                if (lease.stay().earlyEndMillis().orElse(now + 1) == now) {
                    early.add(lease);
                }
            }
        }
        early.forEach(lease -> endEarly(lease, now));
        endSlots(now);
        startSlots(now);
        arrivals.forEach(request -> leases.add(new Lease(request, settings.has(Rule.TRANSFERS_FOLLOW_LEASES))));
        schedule(now);
        // What has just got its place may begin at once, and what takes no time also ends.
        startSlots(now);
        endSlots(now);
    }

    private void tell(long now, LeaseEvent.Kind kind, int lease) {
        events.accept(new LeaseEvent(now, kind, lease, List.of()));
    }

    // Finding places

    private void schedule(long now) {
        List<Lease> pending = new ArrayList<>();
        for (Lease lease : leases.pending()) {
            if (settings.has(Rule.REJECT_THE_IMPOSSIBLE) && isImpossible(lease, now)) {
                reject(lease, now);
            } else {
                pending.add(lease);
            }
        }
        for (Lease lease : pending) {
            if (lease.isBestEffort()) {
                queue.addLast(lease);
                lease.become(LeaseState.QUEUED);
            }
        }
        for (LeaseKind kind : List.of(LeaseKind.IMMEDIATE, LeaseKind.ADVANCE_RESERVATION, LeaseKind.DEADLINE)) {
            for (Lease lease : pending) {
                if (lease.request().kind() == kind && !place(lease, now)) {
                    reject(lease, now);
                }
            }
        }
        if (settings.has(Rule.EARLIER_WHENEVER_POSSIBLE)) {
            bringForward(now);
        }
        processQueue(now);
    }

    private boolean isImpossible(Lease lease, long now) {
        boolean late = lease.request().kind() == LeaseKind.ADVANCE_RESERVATION
                && lease.request().startMillis().orElseThrow() < now;
        return late
                || emptySite
                        .map(new GreedyMapper.Wish(lease, now, now + 1, true, List.of(), List.of()))
                        .isEmpty();
    }

    private void reject(Lease lease, long now) {
        lease.become(LeaseState.REJECTED);
        leases.remove(lease);
        tell(now, LeaseEvent.Kind.REJECTED, lease.id());
    }

    private boolean mayPlanAhead() {
        return ahead.size() < settings.backfilling().leases();
    }

    private void processQueue(long now) {
        Deque<Lease> left = new ArrayDeque<>();
        Failures failures = new Failures();
        boolean goOn = true;
        while (goOn && !queue.isEmpty()) {
            if (!mayPlanAhead() && table.isFull(now, cpu)) {
                goOn = false;
            } else {
                Lease next = queue.removeFirst();
                boolean placed = !cannotStart(next, failures, now) && place(next, now);
                if (placed) {
                    failures.clear();
                } else {
                    left.addLast(next);
                    // What a suspended lease needs beside its time says nothing of others.
                    if (!next.state().isSuspended()) {
                        failures.add(next);
                    }
                    goOn = settings.backfilling().leases() > 0;
                }
            }
        }
        left.addAll(queue);
        queue = left;
    }

    /** A cheap look, worth its while as queues grow long: whether at the only moment that counts there is no room. */
    private boolean cannotStart(Lease lease, Failures failures, long now) {
        if (mayPlanAhead() || lease.state().isSuspended()) {
            return false;
        }
        List<EarliestStarts.Ready> ready = preparation.earliest(lease, now).ready();
        if (ready.size() > 1) {
            return false;
        }
        long first = ready.get(0).millis();
        if (settings.rules().isEmpty()) {
            // The ancestor would have looked, and remembers where.
            table.ancestorsWindow(first);
        } else if (settings.preparation() == PreparationMode.UNMANAGED && failures.cover(lease)) {
            return true;
        }
        return !mapper.hasRoomAtFirst(lease, first);
    }

    private void enqueueInOrder(Lease lease) {
        List<Lease> all = new ArrayList<>(queue);
        all.add(lease);
        all.sort(Comparator.comparingLong(waiting -> waiting.request().arrivalMillis()));
        queue = new ArrayDeque<>(all);
    }

    /** @return whether a place was found; it is booked then */
    private boolean place(Lease lease, long now) {
        return place(lease, OptionalLong.empty(), now);
    }

    /** @param before when it had a place before */
    private boolean place(Lease lease, OptionalLong before, long now) {
        boolean suspended = lease.state().isSuspended();
        EarliestStarts earliest = suspended ? earliestResumption(lease, now) : preparation.earliest(lease, now);
        Optional<StayPlanner.Plan> found = plan(lease, earliest, before, now);
        if (found.isEmpty()) {
            return false;
        }
        StayPlanner.Plan plan = found.get();
        if (plan.future()) {
            ahead.add(lease);
        }
        long needed = plan.stay().start();
        plan.preempted().forEach(other -> preempt(leases.get(other), needed, now));
        List<Slot> slots = new ArrayList<>();
        boolean ready = false;
        if (suspended) {
            plan.stay().before().addAll(0, migrations(lease, plan.stay(), now));
        } else {
            Preparation.Prepared prepared = preparation.prepare(lease, plan.stay(), earliest, now);
            slots.addAll(prepared.slots());
            ready = prepared.ready();
        }
        lease.begin(plan.stay());
        slots.addAll(plan.stay().before());
        slots.add(plan.stay().running());
        slots.addAll(plan.stay().after());
        slots.forEach(table::add);
        lease.become(suspended ? LeaseState.SUSPENDED_SCHEDULED : LeaseState.SCHEDULED);
        if (ready) {
            lease.become(LeaseState.READY);
        }
        return true;
    }

    private Optional<StayPlanner.Plan> plan(Lease lease, EarliestStarts earliest, OptionalLong before, long now) {
        return switch (lease.request().kind()) {
            case BEST_EFFORT -> planner.soon(lease, earliest, mayPlanAhead(), before, now);
            case IMMEDIATE -> planner.soon(lease, earliest, false, before, now);
            case DEADLINE -> planner.beforeDeadline(lease, earliest, now);
            case ADVANCE_RESERVATION ->
                !settings.has(Rule.TRANSFERS_IN_TIME) || preparation.canBeReady(lease, now)
                        ? planner.exact(lease, now)
                        : Optional.empty();
        };
    }

    private EarliestStarts earliestResumption(Lease lease, long now) {
        long moved = settings.migration() == Migration.NO
                ? now
                : now + preparation.migrationMillis(lease) + overheads.memoryMigrationMillis(lease);
        return EarliestStarts.everywhere(table.nodes(), Earliest.afterMigration(moved));
    }

    private List<Slot> migrations(Lease lease, Stay next, long now) {
        if (settings.migration() == Migration.NO) {
            return List.of();
        }
        List<Slot> slots = new ArrayList<>(preparation.migrate(lease, next, now));
        slots.forEach(slot -> origins.put(slot, lease.stay()));
        long from = slots.isEmpty() ? now : slots.get(slots.size() - 1).endMillis();
        slots.addAll(overheads.migrations(
                SlotKind.MEMORY_MIGRATION,
                lease.stay(),
                next,
                from,
                machines -> overheads.transferMillis(machines.stream()
                        .mapToLong(machine -> overheads.memoryMib(lease, machine))
                        .max()
                        .orElse(0))));
        return slots;
    }

    // Making room

    private void preempt(Lease lease, long needed, long now) {
        Stay stay = lease.stay();
        boolean begun = active.contains(stay.running());
        boolean putOff = settings.has(Rule.SUSPEND_ONLY_IN_TIME)
                ? preemption.canBePutOff(lease, needed, now)
                : (!begun && stay.start() >= needed)
                        || !preemption.maySuspend(lease)
                        || needed - stay.start() < overheads.leastStayMillis(lease);
        if (putOff) {
            putOff(lease);
            lease.become(
                    lease.state() == LeaseState.SUSPENDED_SCHEDULED ? LeaseState.SUSPENDED_QUEUED : LeaseState.QUEUED);
            enqueueInOrder(lease);
            tell(now, LeaseEvent.Kind.REQUEUED, lease.id());
        } else {
            Slot running = stay.running();
            List<Slot> after = stay.after();
            planner.suspend(stay, needed);
            after.forEach(table::remove);
            table.remove(running);
            table.add(stay.running());
            if (active.remove(running)) {
                active.add(stay.running());
            }
            stay.after().forEach(table::add);
        }
    }

    private void putOff(Lease lease) {
        Stay stay = lease.stay();
        stay.before().stream().filter(slot -> !active.contains(slot)).forEach(origins::remove);
        preparation.cancel(lease).forEach(slot -> {
            table.remove(slot);
            active.remove(slot);
        });
        ahead.remove(lease);
        stay.before().stream()
                .filter(slot -> table.holds(slot) && !active.contains(slot))
                .forEach(table::remove);
        stay.after().forEach(table::remove);
        table.remove(stay.running());
        active.remove(stay.running());
        lease.forget(stay);
    }

    /** After an early end those that hold places in the future may find better ones. */
    private void placeAllAnew(long now) {
        for (Lease lease : List.copyOf(ahead)) {
            if (lease.state().awaitsFirstStart() || lease.state() == LeaseState.SUSPENDED_SCHEDULED) {
                placeAnew(lease, OptionalLong.empty(), now);
            }
        }
    }

    /** Those that hold places in the future start as soon as there is room for them, the first that came first. */
    private void bringForward(long now) {
        List<Lease> waiting = new ArrayList<>(ahead);
        waiting.sort(Comparator.comparingLong(lease -> lease.request().arrivalMillis()));
        for (Lease lease : waiting) {
            if (mayMove(lease, now)) {
                long first = lease.state().isSuspended()
                        ? now
                        : preparation.earliest(lease, now).ready().get(0).millis();
                long start = firstStart(lease.stay());
                if (first < start && mapper.hasRoomAtFirst(lease, first)) {
                    placeAnew(lease, OptionalLong.of(start), now);
                }
            }
        }
    }

    private static long firstStart(Stay stay) {
        return stay.before().isEmpty() ? stay.start() : stay.before().get(0).startMillis();
    }

    private void placeAnew(Lease lease, OptionalLong before, long now) {
        putOff(lease);
        lease.become(
                lease.state() == LeaseState.SUSPENDED_SCHEDULED ? LeaseState.SUSPENDED_PENDING : LeaseState.PENDING);
        if (!place(lease, before, now)) {
            throw new LeaseFault("lease " + lease.id() + " has lost its place and finds no other");
        }
    }

    /** Whether nothing of what it waits for has begun. */
    private boolean mayMove(Lease lease, long now) {
        boolean brought = lease.state() != LeaseState.SCHEDULED
                && lease.request().image().isPresent()
                && settings.preparation() != PreparationMode.UNMANAGED;
        return preemption.canBePutOff(lease, now, now) && (lease.state() == LeaseState.SUSPENDED_SCHEDULED || !brought);
    }

    // What happens

    private void endEarly(Lease lease, long now) {
        Stay stay = lease.stay();
        table.remove(stay.running());
        active.remove(stay.running());
        stay.after().forEach(table::remove);
        machinesEnded(lease, now);
        end(lease, now);
        if (!settings.has(Rule.EARLIER_WHENEVER_POSSIBLE)) {
            placeAllAnew(now);
        }
    }

    private void machinesEnded(Lease lease, long now) {
        Stay stay = lease.stay();
        lease.ran(now - stay.start());
        passed.accept(stay.running().during(stay.start(), now));
        events.accept(new LeaseEvent(now, LeaseEvent.Kind.VM_STOP, lease.id(), stay.nodesInOrder()));
    }

    private void end(Lease lease, long now) {
        lease.become(LeaseState.DONE);
        preparation.release(lease);
        leases.remove(lease);
        tell(now, LeaseEvent.Kind.DONE, lease.id());
    }

    private void startSlots(long now) {
        for (Slot slot : table.startingAt(now)) {
            if (!active.contains(slot)) {
                start(slot, leases.get(slot.lease()), now);
            }
        }
    }

    private void start(Slot slot, Lease lease, long now) {
        switch (slot.kind()) {
            case MACHINES -> {
                lease.become(LeaseState.ACTIVE);
                ahead.remove(lease);
                events.accept(new LeaseEvent(
                        now, LeaseEvent.Kind.VM_START, lease.id(), lease.stay().nodesInOrder()));
            }
            case SUSPENSION -> {
                if (lease.stay().isFirst(slot)) {
                    lease.become(LeaseState.SUSPENDING);
                    tell(now, LeaseEvent.Kind.SUSPEND, slot.lease());
                }
            }
            case RESUMPTION -> {
                if (lease.stay().isFirst(slot)) {
                    lease.become(LeaseState.RESUMING);
                    tell(now, LeaseEvent.Kind.RESUME, slot.lease());
                }
            }
            case IMAGE_TRANSFER -> {
                // Whoever it was booked for may have gone, and others wait for it.
                if (preparation.isWanted(slot)) {
                    lease.become(LeaseState.PREPARING);
                }
                tell(now, LeaseEvent.Kind.TRANSFER_START, slot.lease());
            }
            case MEMORY_MIGRATION -> tell(now, LeaseEvent.Kind.MIGRATE, slot.lease());
            case IMAGE_MIGRATION -> tell(now, LeaseEvent.Kind.IMAGE_MIGRATE, slot.lease());
            case SHUTDOWN -> {
                // Told when it is done.
            }
        }
        active.add(slot);
    }

    private void endSlots(long now) {
        for (Slot slot : table.endingAt(now)) {
            if (active.remove(slot)) {
                table.remove(slot);
                end(slot, leases.get(slot.lease()), now);
            }
        }
    }

    private void end(Slot slot, Lease lease, long now) {
        if (slot.kind() != SlotKind.MACHINES) {
            passed.accept(slot);
        }
        switch (slot.kind()) {
            case MACHINES -> machinesEnded(lease, now);
            case SUSPENSION -> {
                boolean last = lease.stay().isLast(slot);
                if (last) {
                    lease.become(LeaseState.SUSPENDED_PENDING);
                }
                tell(now, LeaseEvent.Kind.SUSPENDED, slot.lease());
                if (last && lease.isBestEffort()) {
                    enqueueInOrder(lease);
                    lease.become(LeaseState.SUSPENDED_QUEUED);
                }
            }
            case RESUMPTION -> {
                if (lease.stay().isLast(slot)) {
                    lease.become(LeaseState.RESUMED_READY);
                    tell(now, LeaseEvent.Kind.RESUMED, slot.lease());
                }
            }
            case SHUTDOWN -> {
                tell(now, LeaseEvent.Kind.SHUTDOWN, slot.lease());
                end(lease, now);
            }
            case IMAGE_TRANSFER -> {
                if (!settings.has(Rule.TRANSFERS_FOLLOW_LEASES) && lease.state() != LeaseState.PREPARING) {
                    throw new LeaseFault("lease " + lease.id() + " is " + lease.state() + " and its image arrives");
                }
                preparation.arrived(slot).forEach(ready -> ready.become(LeaseState.READY));
                tell(now, LeaseEvent.Kind.TRANSFER_END, slot.lease());
            }
            case MEMORY_MIGRATION -> tell(now, LeaseEvent.Kind.MIGRATED, slot.lease());
            case IMAGE_MIGRATION -> {
                preparation.migrated(origins.remove(slot));
                tell(now, LeaseEvent.Kind.IMAGE_MIGRATED, slot.lease());
            }
        }
    }
}
