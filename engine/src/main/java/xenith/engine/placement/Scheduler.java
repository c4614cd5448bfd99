package xenith.engine.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.operation.Steps;
import xenith.engine.ownership.Ownership;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * Places waiting machines whenever some wait or room has come free. The plan is made on a snapshot and committed
 * against the newest state: what no longer holds there is left for the next round. Of several gateways one places; the
 * others plan too, to tell why machines wait. Thread-safe.
 */
public final class Scheduler implements AutoCloseable {
    /** A round also without an occasion, should one have been missed by a failed commit. */
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Store store;
    private final Ownership ownership;
    private final PlacementPolicy policy;
    private final Rounds rounds;
    private volatile Map<VmId, Explanation> explanations = Map.of();

    public Scheduler(Store store, Ownership ownership, PlacementPolicy policy) {
        this.store = store;
        this.ownership = ownership;
        this.policy = policy;
        this.rounds = new Rounds("scheduler", store, LONGEST_PAUSE_MILLIS, this::round);
    }

    public void start() {
        rounds.start();
    }

    /** Why that machine still waits, as of the last round; empty when it does not wait. */
    public Optional<Explanation> explain(VmId vm) {
        return Optional.ofNullable(explanations.get(vm));
    }

    @Override
    public void close() {
        rounds.close();
    }

    private void round() {
        Snapshot state = store.state();
        List<VirtualMachine> waiting = state.by(Vms.WAITING, Vms.TABLE, true)
                .sorted(Comparator.comparing(VirtualMachine::id))
                .toList();
        if (waiting.isEmpty()) {
            explanations = Map.of();
            return;
        }
        Plan plan = policy.place(PlacementProblem.of(state, waiting, host -> true));
        Map<VmId, Explanation> why = new HashMap<>();
        plan.waiting().forEach(explanation -> why.put(explanation.vm(), explanation));
        explanations = Map.copyOf(why);
        if (!plan.placements().isEmpty() && ownership.leads(state)) {
            store.write(tx -> {
                if (!ownership.leads(tx.state())) {
                    return null;
                }
                plan.placements().forEach(placement -> commit(tx, placement));
                return null;
            });
        }
    }

    private static void commit(Transaction tx, Plan.Placement placement) {
        Optional<Host> host = tx.find(Hosts.TABLE, placement.host()).filter(found -> found.state() == HostState.ON);
        Optional<VirtualMachine> vm = tx.find(Vms.TABLE, placement.vm()).filter(Vms::waits);
        if (host.isPresent()
                && vm.isPresent()
                && GroupView.admits(tx.state(), vm.get(), placement.host())
                && vm.get().spec().capacity().fitsInto(Vms.room(tx.state(), host.get()))) {
            Steps.step(
                    tx,
                    vm.get().withHost(Optional.of(placement.host())),
                    VmEvent.PLACE,
                    new StateReason(Cause.NONE, "being started on " + host.get().name()));
        }
    }
}
