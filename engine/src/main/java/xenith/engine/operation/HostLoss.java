package xenith.engine.operation;

import java.util.List;
import java.util.Optional;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
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
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** Lets go of all that a host had which is certainly off, within one unit of work. */
public final class HostLoss {
    private HostLoss() {}

    /**
     * Marks the host as fenced. Its machines are off, or waiting for another host; those that were being ended are ended
     * by another; moves from it and to it are settled by what the other side shows.
     *
     * @param restarts whether machines that ran, or were about to, are to be started on other hosts
     * @param how who made it certain, for people
     */
    public static Host apply(Transaction tx, Host host, boolean restarts, String how) {
        Host fenced = host.withState(HostState.FENCED, how);
        tx.put(Hosts.TABLE, fenced);
        tx.emit(EventKind.HOST_FENCED, "host/" + host.id(), Optional.empty(), how);
        StateReason reason = lost(host);
        List<VirtualMachine> machines =
                Vms.onHost(tx.state(), host.id()).filter(vm -> !vm.ended()).toList();
        for (VirtualMachine vm : machines) {
            Optional<HostId> heir =
                    vm.work() == Work.END ? EndingHosts.after(tx.state(), vm, host.id()) : Optional.empty();
            heir.ifPresentOrElse(other -> EndingHosts.hand(tx, vm, other), () -> letGo(tx, vm, restarts, reason));
        }
        settleMoves(tx, host);
        return fenced;
    }

    /** Whether nothing can run on the host: it was fenced, or is no longer there. */
    public static boolean isOff(Snapshot state, HostId host) {
        return state.find(Hosts.TABLE, host)
                .map(found -> found.state() == HostState.FENCED)
                .orElse(true);
    }

    /** Lets a machine go whose host turned out to be lost when its move had failed. */
    static void letGoOfLost(Transaction tx, VirtualMachine vm, boolean restarts) {
        vm.host()
                .flatMap(id -> tx.find(Hosts.TABLE, id))
                .filter(host -> host.state() == HostState.FENCED)
                .ifPresent(host -> letGo(tx, vm, restarts, lost(host)));
    }

    private static StateReason lost(Host host) {
        return new StateReason(Cause.FAULT, "its host " + host.name() + " was lost");
    }

    private static void letGo(Transaction tx, VirtualMachine vm, boolean restarts, StateReason reason) {
        if (Lifecycle.find(vm.state(), vm.work(), VmEvent.HOST_LOST).isEmpty()) {
            return;
        }
        tx.state()
                .by(Operations.BY_VM, Operations.TABLE, vm.id())
                .toList()
                .forEach(operation -> tx.remove(Operations.TABLE, operation.id()));
        boolean wantedOff = vm.work() == Work.SHUT_DOWN;
        // Without a host of its store nobody can remove what a first start has made, until this one is back.
        if (vm.state() == VmState.PENDING) {
            vm.host().ifPresent(host -> tx.put(Leftovers.TABLE, new Leftover(host, vm.id(), vm.uuid())));
        }
        Steps.step(tx, vm, VmEvent.HOST_LOST, reason)
                .filter(after -> restarts && !wantedOff && after.state() == VmState.OFF)
                .ifPresent(after -> Steps.step(tx, after, VmEvent.DISPLACE, reason));
    }

    /** A move that the loss has cut off is asked about; one that only this host could have finished has failed. */
    private static void settleMoves(Transaction tx, Host host) {
        for (Operation move : tx.state().all(Operations.TABLE).stream()
                .filter(operation -> operation.kind().moves() && concerns(operation, host))
                .toList()) {
            VirtualMachine vm = tx.find(Vms.TABLE, move.vm()).orElseThrow();
            if (vm.state() == VmState.RUNNING) {
                tx.put(
                        Operations.TABLE,
                        move.with(
                                OperationStatus.UNKNOWN,
                                move.attempt(),
                                tx.now(),
                                "host " + host.name() + " was lost"));
            } else if (move.host().equals(host.id())) {
                tx.remove(Operations.TABLE, move.id());
                Steps.step(
                        tx,
                        vm,
                        VmEvent.FAILED,
                        new StateReason(Cause.FAULT, "host " + host.name() + " was lost before it had the machine"));
            }
        }
    }

    private static boolean concerns(Operation move, Host host) {
        return move.host().equals(host.id())
                || move.target().filter(host.id()::equals).isPresent();
    }
}
