package xenith.engine.placement;

import java.util.List;
import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationId;
import xenith.engine.model.Work;
import xenith.engine.operation.EndingHosts;
import xenith.engine.operation.HostLoss;
import xenith.engine.ownership.Ownership;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** Has machines ended by other hosts where those that were to end them are lost, as soon as there is one. Thread-safe. */
public final class OrphanedEnds implements AutoCloseable {
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Store store;
    private final Ownership ownership;
    private final Rounds rounds;

    public OrphanedEnds(Store store, Ownership ownership) {
        this.store = store;
        this.ownership = ownership;
        this.rounds = new Rounds("ends", store, LONGEST_PAUSE_MILLIS, this::round);
    }

    public void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private void round() {
        List<OperationId> orphaned = store.state().all(Operations.TABLE).stream()
                .filter(operation -> heir(store.state(), operation).isPresent())
                .map(Operation::id)
                .toList();
        if (!orphaned.isEmpty() && ownership.leads(store.state())) {
            store.write(tx -> {
                orphaned.forEach(id -> tx.find(Operations.TABLE, id).ifPresent(operation -> pass(tx, operation)));
                return null;
            });
        }
    }

    private static void pass(Transaction tx, Operation operation) {
        heir(tx.state(), operation)
                .ifPresent(host ->
                        EndingHosts.hand(tx, tx.find(Vms.TABLE, operation.vm()).orElseThrow(), host));
    }

    /** Who is to take it over; empty when it is not orphaned, or there is nobody. */
    private static Optional<HostId> heir(Snapshot state, Operation operation) {
        if (operation.kind() != Work.END || !HostLoss.isOff(state, operation.host())) {
            return Optional.empty();
        }
        return state.find(Vms.TABLE, operation.vm()).flatMap(vm -> EndingHosts.after(state, vm, operation.host()));
    }
}
