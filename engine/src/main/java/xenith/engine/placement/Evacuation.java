package xenith.engine.placement;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.operation.Steps;
import xenith.engine.ownership.Ownership;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * Moves machines away from hosts that are being drained: those that run, running; those that rest, with what they have in
 * the store. Paused ones stay, since their users have asked them to stand still. Thread-safe.
 */
public final class Evacuation implements AutoCloseable {
    /** Moves share their hosts' network: more at once make each of them longer. */
    private static final int MOVES_AT_ONCE = 2;

    /** A machine whose move has failed is not tried again before. */
    private static final long REST_MILLIS = 30_000;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Store store;
    private final Ownership ownership;
    private final Destinations destinations;
    private final Rounds rounds;

    public Evacuation(Store store, Ownership ownership, Destinations destinations) {
        this.store = store;
        this.ownership = ownership;
        this.destinations = destinations;
        this.rounds = new Rounds("evacuation", store, LONGEST_PAUSE_MILLIS, this::round);
    }

    public void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private void round() {
        List<HostId> draining = store.state().all(Hosts.TABLE).stream()
                .filter(host -> host.state() == HostState.DRAINING)
                .map(Host::id)
                .filter(host -> !movable(store.state(), host, Instant.now()).isEmpty())
                .toList();
        if (!draining.isEmpty() && ownership.leads(store.state())) {
            store.write(tx -> {
                if (!ownership.leads(tx.state())) {
                    return null;
                }
                draining.forEach(host -> evacuate(tx, host));
                return null;
            });
        }
    }

    private void evacuate(Transaction tx, HostId host) {
        boolean stillWanted = tx.find(Hosts.TABLE, host)
                .filter(now -> now.state() == HostState.DRAINING)
                .isPresent();
        long moving = Vms.onHost(tx.state(), host)
                .filter(vm -> vm.target().isPresent())
                .count();
        if (stillWanted) {
            for (VirtualMachine vm : movable(tx.state(), host, tx.now())) {
                if (moving < MOVES_AT_ONCE && move(tx, vm)) {
                    moving++;
                }
            }
        }
    }

    private static List<VirtualMachine> movable(Snapshot state, HostId host, Instant now) {
        return Vms.onHost(state, host)
                .filter(vm ->
                        Lifecycle.find(vm.state(), vm.work(), VmEvent.MIGRATE).isPresent())
                .filter(vm -> vm.reason().code() != Cause.FAULT
                        || vm.stateSince().plusMillis(REST_MILLIS).isBefore(now))
                .sorted(Comparator.comparing(VirtualMachine::id))
                .toList();
    }

    /** @return false when no host can take it now */
    private boolean move(Transaction tx, VirtualMachine vm) {
        Optional<HostId> target = destinations.other(tx.state(), vm).host();
        VmEvent event = vm.state() == VmState.RUNNING ? VmEvent.LIVE_MIGRATE : VmEvent.MIGRATE;
        return target.flatMap(host ->
                        Steps.step(tx, vm, event, new StateReason(Cause.NONE, "its host is being drained"), target))
                .isPresent();
    }
}
