package xenith.engine.operation;

import java.util.Optional;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.EventKind;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.Leftover;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.DriverException;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** Writes down what became of attempts: the operation's next status, and the event for its machine. */
final class Settlement {
    private final EngineSettings settings;
    private final boolean restartsLost;

    /** @param restartsLost whether machines that a lost host let go are to be started on others */
    Settlement(EngineSettings settings, boolean restartsLost) {
        this.settings = settings;
        this.restartsLost = restartsLost;
    }

    /**
     * Marks that an attempt begins, before any driver hears of it.
     *
     * @return the operation as it is now; empty when it is no longer to be done
     */
    Optional<Operation> begin(Transaction tx, Operation operation) {
        return tx.find(Operations.TABLE, operation.id())
                .filter(current -> current.attempt() == operation.attempt())
                .filter(current -> current.status() != OperationStatus.WAITING)
                .map(current -> {
                    Operation begun =
                            current.with(OperationStatus.RUNNING, current.attempt() + 1, tx.now(), current.lastError());
                    tx.put(Operations.TABLE, begun);
                    return begun;
                });
    }

    /**
     * Writes an attempt's outcome down.
     *
     * @param attempted the operation as it was when the attempt was made; an outcome that comes after the attempt was
     *     given up is dropped
     */
    void settle(Transaction tx, Operation attempted, Outcome outcome) {
        Operation current = tx.find(Operations.TABLE, attempted.id()).orElse(null);
        if (current == null
                || current.attempt() != attempted.attempt()
                || current.status() != attempted.status()
                || !current.host().equals(attempted.host())) {
            return;
        }
        VirtualMachine vm = tx.find(Vms.TABLE, current.vm()).orElse(null);
        if (vm == null || vm.work() != current.kind()) {
            // Overtaken, as a start by the end that follows it: the machine no longer waits for this outcome.
            tx.remove(Operations.TABLE, current.id());
            if (vm != null && vm.work() == Work.END && current.kind().moves() && outcome.kind() == Outcome.Kind.DONE) {
                follow(tx, vm, current.target().orElseThrow());
            }
            return;
        }
        switch (outcome.kind()) {
            case DONE -> finish(tx, current, vm, VmEvent.DONE, afterDone(vm));
            case WAITING -> {
                if (current.status() != OperationStatus.WAITING) {
                    tx.put(
                            Operations.TABLE,
                            current.with(
                                    OperationStatus.WAITING,
                                    current.attempt(),
                                    tx.now().plusMillis(settings.shutdownMillis()),
                                    ""));
                }
            }
            case FAILED -> failed(tx, current, vm, outcome);
            case ELSEWHERE -> {
                repeatLater(tx, current, vm, outcome, OperationStatus.QUEUED);
                EndingHosts.after(tx.state(), vm, current.host()).ifPresent(host -> EndingHosts.hand(tx, vm, host));
            }
            case UNDECIDED -> repeatLater(tx, current, vm, outcome, OperationStatus.UNKNOWN);
        }
    }

    /** The end of a machine that has moved meanwhile goes after it. */
    private static void follow(Transaction tx, VirtualMachine vm, HostId host) {
        tx.put(Vms.TABLE, vm.withHost(Optional.of(host)).withTarget(Optional.empty()));
        EndingHosts.hand(tx, vm, host);
    }

    private void failed(Transaction tx, Operation operation, VirtualMachine vm, Outcome outcome) {
        OperationRule rule = OperationRule.of(operation.kind());
        boolean bounded = rule.maxAttempts() != OperationRule.FOREVER;
        boolean hopeless =
                outcome.failure() == DriverException.Failure.REFUSED || operation.attempt() >= rule.maxAttempts();
        boolean mustBeAsked = outcome.unknown() && rule.unknown() == OperationRule.WhenUnknown.ASK;
        if (bounded && hopeless && !mustBeAsked && !waitsForItsHost(vm, outcome)) {
            // What may still come true is undone by the work that follows, or seen by the watch over the host.
            finish(tx, operation, vm, VmEvent.FAILED, new StateReason(Cause.FAULT, outcome.message()));
            return;
        }
        OperationStatus otherwise =
                operation.status() == OperationStatus.WAITING ? OperationStatus.WAITING : OperationStatus.QUEUED;
        repeatLater(tx, operation, vm, outcome, outcome.unknown() ? OperationStatus.UNKNOWN : otherwise);
    }

    /** A new machine on a host that is away: that comes back, or is lost, or has had its time for a first start. */
    private static boolean waitsForItsHost(VirtualMachine vm, Outcome outcome) {
        return vm.state() == VmState.PENDING && outcome.failure() == DriverException.Failure.UNREACHABLE;
    }

    private void repeatLater(
            Transaction tx, Operation operation, VirtualMachine vm, Outcome outcome, OperationStatus status) {
        tx.put(
                Operations.TABLE,
                operation.with(
                        status,
                        operation.attempt(),
                        tx.now().plusMillis(settings.retryMillis(Math.max(1, operation.attempt()))),
                        outcome.message()));
        tx.emit(
                status == OperationStatus.UNKNOWN ? EventKind.OPERATION_UNKNOWN : EventKind.OPERATION_RETRIED,
                "vm/" + vm.id(),
                Optional.of(vm.account()),
                operation.kind() + ": " + outcome.message());
    }

    private void finish(Transaction tx, Operation operation, VirtualMachine vm, VmEvent event, StateReason reason) {
        tx.remove(Operations.TABLE, operation.id());
        Optional<VirtualMachine> after = Steps.step(tx, vm, event, reason);
        if (after.isEmpty()) {
            tx.emit(
                    EventKind.VM_REPORT_REFUSED,
                    "vm/" + vm.id(),
                    Optional.of(vm.account()),
                    event + " of " + operation.kind() + " while " + vm.state());
        } else if (operation.kind().moves()) {
            if (event == VmEvent.FAILED) {
                rememberTarget(tx, operation, vm);
            }
            HostLoss.letGoOfLost(tx, after.get(), restartsLost);
        }
    }

    /** A target that could not be asked may have been prepared for the machine. */
    private static void rememberTarget(Transaction tx, Operation move, VirtualMachine vm) {
        move.target()
                .flatMap(id -> tx.find(Hosts.TABLE, id))
                .filter(host -> host.silent() || host.state() == HostState.FENCED)
                .ifPresent(host -> tx.put(Leftovers.TABLE, new Leftover(host.id(), vm.id(), vm.uuid())));
    }

    /** An end keeps the reason for which it was begun; a machine that runs needs none. */
    private static StateReason afterDone(VirtualMachine vm) {
        return vm.work() == Work.END || vm.work() == Work.SHUT_DOWN ? vm.reason() : StateReason.NONE;
    }
}
