package xenith.engine.operation;

import java.util.Optional;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.EventKind;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationId;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.StateReason;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/**
 * Lets an event happen to a virtual machine, with all that follows from it within the unit of work: the new state, the
 * operation, the fact for others, and at the end the return of what it held.
 */
public final class Steps {
    private Steps() {}

    /** {@link #step(Transaction, VirtualMachine, VmEvent, StateReason, Optional)} without a target. */
    public static Optional<VirtualMachine> step(Transaction tx, VirtualMachine vm, VmEvent event, StateReason reason) {
        return step(tx, vm, event, reason, Optional.empty());
    }

    /**
     * Applies the event by the lifecycle's table.
     *
     * @param vm as the unit of work has it now
     * @param target where a migration goes
     * @return the machine after the event; empty, with nothing changed, when its situation does not have the event
     */
    public static Optional<VirtualMachine> step(
            Transaction tx, VirtualMachine vm, VmEvent event, StateReason reason, Optional<HostId> target) {
        Optional<VirtualMachine> after = Lifecycle.after(vm, event, reason, tx.now())
                .map(changed -> target.isPresent() ? changed.withTarget(target) : changed);
        after.ifPresent(changed -> {
            tx.put(Vms.TABLE, changed);
            if (beginsWork(vm, changed)) {
                enqueue(tx, changed, target);
            }
            if (changed.state() == VmState.ENDED) {
                Leases.of(tx.state(), changed.id()).toList().forEach(lease -> tx.remove(Leases.TABLE, lease.key()));
            }
            tx.emit(
                    changed.state() == VmState.ENDED ? EventKind.VM_ENDED : EventKind.VM_CHANGED,
                    "vm/" + changed.id(),
                    Optional.of(changed.account()),
                    described(changed, event));
        });
        return after;
    }

    private static boolean beginsWork(VirtualMachine before, VirtualMachine after) {
        return after.work() != Work.NONE && after.work() != before.work();
    }

    private static void enqueue(Transaction tx, VirtualMachine vm, Optional<HostId> target) {
        overtake(tx, vm);
        // A machine without a domain is fetched by its next host: the one that it leaves need not even be there.
        Optional<HostId> lane =
                target.filter(host -> vm.state() != VmState.RUNNING).or(vm::host);
        tx.put(
                Operations.TABLE,
                new Operation(
                        new OperationId(tx.next("operation")),
                        vm.id(),
                        lane.orElseThrow(() -> new IllegalStateException("vm " + vm.id() + " has work and no host")),
                        target,
                        vm.work(),
                        OperationStatus.QUEUED,
                        0,
                        tx.now(),
                        tx.now(),
                        ""));
    }

    /** New work overtakes what is not in a driver's hands; what is, settles itself when it comes back. */
    private static void overtake(Transaction tx, VirtualMachine vm) {
        tx.state()
                .by(Operations.BY_VM, Operations.TABLE, vm.id())
                .filter(operation -> operation.status() != OperationStatus.RUNNING)
                .toList()
                .forEach(operation -> tx.remove(Operations.TABLE, operation.id()));
    }

    private static String described(VirtualMachine vm, VmEvent event) {
        String why = vm.reason().message().isEmpty() ? "" : ": " + vm.reason().message();
        return event + " -> " + vm.state() + (vm.work() == Work.NONE ? "" : ", " + vm.work()) + why;
    }
}
