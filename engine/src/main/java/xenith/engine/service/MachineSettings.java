package xenith.engine.service;

import java.util.Optional;
import java.util.function.UnaryOperator;
import xenith.engine.model.Caller;
import xenith.engine.model.EndProtection;
import xenith.engine.model.EventKind;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.store.Transaction;
import xenith.engine.tables.EndProtections;
import xenith.engine.tables.Vms;

/**
 * What callers change of machines that are there. Every method throws {@link EngineException} with {@code VM_NOT_FOUND},
 * also for another account's machine, and with {@code WRONG_STATE} for one that has ended.
 */
public final class MachineSettings {
    /**
     * Changes what a machine that is off will be started as. Whether any host has room for it shows when it is.
     *
     * @param change gives what it is to be from what it is; its disk stays as large as it is
     * @throws EngineException {@code WRONG_STATE} unless it is off with nothing in hand; {@code IMAGE_NOT_FOUND}, {@code
     *     IMAGE_UNAVAILABLE}, {@code INVALID} for what it is newly to boot
     */
    public VirtualMachine respecify(Transaction tx, Caller caller, VmId id, UnaryOperator<VmSpec> change) {
        VirtualMachine vm = require(tx, caller, id);
        if (vm.state() != VmState.OFF || vm.work() != Work.NONE) {
            throw new EngineException(ErrorCode.WRONG_STATE, "vm " + id + " is " + vm.state() + ", and not off");
        }
        VmSpec wanted = change.apply(vm.spec());
        if (wanted.capacity().diskMib() != vm.spec().capacity().diskMib()) {
            throw new IllegalArgumentException("the disk of a machine keeps its size");
        }
        if (!wanted.boot().equals(vm.spec().boot())) {
            BootImages.check(tx.state(), caller, wanted.boot());
        }
        return changed(tx, vm.withSpec(wanted), "what it is started as");
    }

    /** Whether the guest's own shutdown ends the machine. */
    public VirtualMachine endOnShutdown(Transaction tx, Caller caller, VmId id, boolean ends) {
        VirtualMachine vm = require(tx, caller, id);
        return changed(
                tx,
                vm.withSpec(vm.spec().endingOnShutdown(ends)),
                ends ? "its guest's shutdown ends it" : "its guest's shutdown leaves it off");
    }

    /** Whether requests to end it are refused. */
    public VirtualMachine protect(Transaction tx, Caller caller, VmId id, boolean isProtected) {
        VirtualMachine vm = require(tx, caller, id);
        if (isProtected) {
            tx.put(EndProtections.TABLE, new EndProtection(id));
        } else {
            tx.remove(EndProtections.TABLE, id);
        }
        return changed(tx, vm, isProtected ? "protected from being ended" : "not protected from being ended");
    }

    private static VirtualMachine require(Transaction tx, Caller caller, VmId id) {
        VirtualMachine vm = tx.find(Vms.TABLE, id)
                .filter(found -> caller.mayUse(found.account()))
                .orElseThrow(() -> new EngineException(ErrorCode.VM_NOT_FOUND, "there is no vm " + id));
        if (vm.ended()) {
            throw new EngineException(ErrorCode.WRONG_STATE, "vm " + id + " has ended");
        }
        return vm;
    }

    private static VirtualMachine changed(Transaction tx, VirtualMachine vm, String what) {
        tx.put(Vms.TABLE, vm);
        tx.emit(EventKind.VM_CHANGED, "vm/" + vm.id(), Optional.of(vm.account()), what);
        return vm;
    }
}
