package xenith.engine.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.BootSource;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.StateReason;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.operation.Steps;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Vms;

/** Virtual machines, as callers ask for them. */
public final class VirtualMachines {
    private final AddressLeases leases = new AddressLeases();

    /**
     * Admits and creates machines. They begin to run as hosts take them.
     *
     * @return {@code minCount} to {@code maxCount} machines, in {@code PENDING} or {@code HELD}
     * @throws EngineException {@code IMAGE_NOT_FOUND}, {@code IMAGE_UNAVAILABLE}, {@code INVALID},
     *     {@code LIMIT_EXCEEDED}, {@code NO_CAPACITY}, {@code NO_ADDRESS}, {@code NETWORK_NOT_FOUND}
     */
    public List<VirtualMachine> launch(Transaction tx, Caller caller, LaunchRequest request) {
        int allowed = allowedByAccount(tx.state(), caller, request);
        int fitting = request.held() ? allowed : Admission.count(tx.state(), request, allowed);
        if (fitting < request.minCount()) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "the hosts have room for " + fitting + " of the " + request.minCount() + " machines of "
                            + request.capacity() + " each that are asked for at least");
        }
        List<VirtualMachine> created = new ArrayList<>();
        for (int index = 0; index < fitting; index++) {
            created.add(create(tx, caller, request, index));
        }
        return created;
    }

    /** The machine, if the caller may see it. */
    public Optional<VirtualMachine> find(Snapshot state, Caller caller, VmId id) {
        return state.find(Vms.TABLE, id).filter(vm -> caller.mayUse(vm.account()));
    }

    /**
     * Asks for something to happen to a machine.
     *
     * @param event one whose source is a request, but for migrations
     * @throws EngineException {@code VM_NOT_FOUND}, also when it is another account's; {@code WRONG_STATE};
     *     {@code NO_CAPACITY} when it is to be started and its host has no room for it any more
     */
    public VirtualMachine request(Transaction tx, Caller caller, VmId id, VmEvent event) {
        if (event.source() != VmEvent.Source.REQUEST) {
            throw new IllegalArgumentException(event + " is no request");
        }
        VirtualMachine vm = find(tx.state(), caller, id)
                .orElseThrow(() -> new EngineException(ErrorCode.VM_NOT_FOUND, "there is no vm " + id));
        if (event == VmEvent.START || event == VmEvent.RESUME) {
            checkRoomAtItsHost(tx.state(), vm, event);
        }
        return Steps.step(tx, vm, event, new StateReason(StateReason.Cause.USER, "asked for by its user"))
                .orElseThrow(() -> new EngineException(
                        ErrorCode.WRONG_STATE,
                        "vm " + id + " is " + situation(vm) + " and takes only "
                                + Lifecycle.requestsPossible(vm.state(), vm.work()) + ", not " + event));
    }

    private VirtualMachine create(Transaction tx, Caller caller, LaunchRequest request, int index) {
        LaunchRequest.Member member = request.member().apply(index);
        checkBoot(tx.state(), caller, member.spec().boot());
        VmId id = new VmId(tx.next("vm"));
        VirtualMachine vm = new VirtualMachine(
                id,
                uuid(tx.state(), id),
                member.name(),
                caller.account(),
                caller.user(),
                member.spec(),
                request.held() ? VmState.HELD : VmState.PENDING,
                Work.NONE,
                Optional.empty(),
                StateReason.NONE,
                tx.now(),
                tx.now(),
                Optional.empty(),
                Optional.empty());
        tx.put(Vms.TABLE, vm);
        request.networks().forEach(network -> leases.lease(tx, network, id));
        tx.emit(EventKind.VM_CREATED, "vm/" + id, Optional.of(caller.account()), member.name());
        return vm;
    }

    /** Derived from the cloud's, so that two clouds never give the same one and a number always has the same one. */
    private static UUID uuid(Snapshot state, VmId id) {
        return UUID.nameUUIDFromBytes((Cloud.uuidOf(state) + "/vm/" + id).getBytes(StandardCharsets.UTF_8));
    }

    private static int allowedByAccount(Snapshot state, Caller caller, LaunchRequest request) {
        Account account = state.find(Accounts.TABLE, caller.account())
                .orElseThrow(() ->
                        new EngineException(ErrorCode.ACCOUNT_NOT_FOUND, "there is no account " + caller.account()));
        long held = state.by(Vms.BY_ACCOUNT, Vms.TABLE, account.id())
                .filter(vm -> !vm.ended())
                .count();
        long allowed = Math.min(request.maxCount(), account.maxVms() - held);
        if (allowed < request.minCount()) {
            throw new EngineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "account " + account.id() + " holds " + held + " of the " + account.maxVms()
                            + " machines that it may hold, and " + request.minCount() + " more are asked for");
        }
        return (int) allowed;
    }

    private static void checkBoot(Snapshot state, Caller caller, BootSource boot) {
        boot.disk().ifPresent(id -> checkImage(state, caller, id, ImageKind.MACHINE));
        boot.kernel().ifPresent(id -> checkImage(state, caller, id, ImageKind.KERNEL));
        boot.ramdisk().ifPresent(id -> checkImage(state, caller, id, ImageKind.RAMDISK));
    }

    private static void checkImage(Snapshot state, Caller caller, ImageId id, ImageKind kind) {
        Image image = state.find(Images.TABLE, id)
                .filter(found -> found.usableBy(caller))
                .orElseThrow(() -> new EngineException(ErrorCode.IMAGE_NOT_FOUND, "there is no image " + id));
        if (image.kind() != kind) {
            throw new EngineException(
                    ErrorCode.INVALID, "image " + id + " is a " + image.kind() + " image, not a " + kind + " one");
        }
        if (image.state() != ImageState.AVAILABLE) {
            throw new EngineException(
                    ErrorCode.IMAGE_UNAVAILABLE, "image " + id + " is " + image.state() + " " + image.reason());
        }
    }

    private static void checkRoomAtItsHost(Snapshot state, VirtualMachine vm, VmEvent event) {
        if (Lifecycle.find(vm.state(), vm.work(), event).isEmpty()) {
            return;
        }
        boolean fits = vm.host()
                .flatMap(id -> state.find(Hosts.TABLE, id))
                .map(host -> vm.spec().capacity().withoutDisk().fitsInto(Vms.room(state, host)))
                .orElse(false);
        if (!fits) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "the host of vm " + vm.id() + " has no room for its "
                            + vm.spec().capacity().withoutDisk());
        }
    }

    private static String situation(VirtualMachine vm) {
        return vm.work() == Work.NONE ? vm.state().toString() : vm.state() + " with " + vm.work() + " in hand";
    }
}
