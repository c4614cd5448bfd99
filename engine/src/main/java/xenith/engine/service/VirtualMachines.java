package xenith.engine.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.model.Capacity;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.StateReason;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.operation.EndingHosts;
import xenith.engine.operation.Steps;
import xenith.engine.placement.Destinations;
import xenith.engine.placement.GroupView;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.EndProtections;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** Virtual machines, as callers ask for them. */
public final class VirtualMachines {
    private static final StateReason BY_USER = new StateReason(StateReason.Cause.USER, "asked for by its user");
    private static final StateReason BY_OPERATOR = new StateReason(StateReason.Cause.NONE, "moved by an operator");

    /** Hosts in these states start machines that are theirs already; one in error does when it answers again. */
    private static final Set<HostState> STARTS_ITS_OWN = EnumSet.of(HostState.ON, HostState.DISABLED, HostState.ERROR);

    /** Hosts in these states do what is asked of them. */
    private static final Set<HostState> ANSWER = EnumSet.of(HostState.ON, HostState.DISABLED, HostState.DRAINING);

    /** Hosts in these states take a machine back that had released them. */
    private static final Set<HostState> IN_SERVICE = EnumSet.of(HostState.ON, HostState.DISABLED);

    private final AddressLeases leases = new AddressLeases();
    private final Destinations destinations;

    /** @param destinations chooses hosts for machines that have been on one */
    public VirtualMachines(Destinations destinations) {
        this.destinations = destinations;
    }

    /**
     * Admits and creates machines. They begin to run as hosts take them.
     *
     * @return {@code minCount} to {@code maxCount} machines, in {@code PENDING} or {@code HELD}
     * @throws EngineException {@code IMAGE_NOT_FOUND}, {@code IMAGE_UNAVAILABLE}, {@code INVALID},
     *     {@code LIMIT_EXCEEDED}, {@code NO_CAPACITY}, {@code NO_ADDRESS}, {@code NETWORK_NOT_FOUND}, {@code
     *     GROUP_NOT_FOUND}
     */
    public List<VirtualMachine> launch(Transaction tx, Caller caller, LaunchRequest asked) {
        GroupLaunch group = GroupLaunch.of(tx.state(), caller, asked);
        LaunchRequest request = group.inItsZone(tx.state(), asked);
        int allowed = allowedByAccount(tx.state(), caller, request);
        int fitting =
                request.held() ? allowed : Admission.count(tx.state(), request, group.limits(tx.state()), allowed);
        int addressed = Math.min(fitting, addressesFree(tx.state(), request));
        if (fitting < request.minCount()) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "the hosts have room for " + fitting + " of the " + request.minCount() + " machines of "
                            + request.capacity() + " each that are asked for at least");
        }
        if (addressed < request.minCount()) {
            throw new EngineException(
                    ErrorCode.NO_ADDRESS,
                    "the networks have addresses for " + addressed + " of the " + request.minCount()
                            + " machines that are asked for at least");
        }
        List<VirtualMachine> created = new ArrayList<>();
        for (int index = 0; index < addressed; index++) {
            created.add(create(tx, caller, request, group, index));
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
     * @param event one whose source is a request, but for moves
     * @throws EngineException {@code VM_NOT_FOUND}, also when it is another account's; {@code WRONG_STATE};
     *     {@code PROTECTED} from being ended;
     *     {@code NO_CAPACITY} when it is to run and no host that sees its disks has room; {@code HOST_UNAVAILABLE} when it
     *     is to be ended and no host is in service that could remove its disks
     */
    public VirtualMachine request(Transaction tx, Caller caller, VmId id, VmEvent event) {
        if (event.source() != VmEvent.Source.REQUEST) {
            throw new IllegalArgumentException(event + " is no request");
        }
        VirtualMachine vm = require(tx.state(), caller, id);
        requirePossible(vm, event);
        if (event == VmEvent.END && EndProtections.hold(tx.state(), id)) {
            throw new EngineException(ErrorCode.PROTECTED, "vm " + id + " is protected from being ended");
        }
        return switch (event) {
            case START -> start(tx, vm, Optional.empty());
            case RESTORE -> restore(tx, vm, Optional.empty());
            case RESUME -> {
                checkRoomAtItsHost(tx.state(), vm);
                yield step(tx, vm, event);
            }
            case END -> end(tx, vm);
            case MIGRATE, LIVE_MIGRATE -> throw new IllegalArgumentException(event + " needs to know where to");
            case RESIZE -> throw new IllegalArgumentException(event + " needs to know the size");
            default -> step(tx, vm, event);
        };
    }

    /**
     * Starts a machine that is off, or waits since its host was lost, or goes on with one whose memory is saved, on that
     * host. Operators only, as all that names hosts.
     *
     * @throws EngineException {@code NOT_ALLOWED}, {@code VM_NOT_FOUND}, {@code WRONG_STATE}, {@code HOST_NOT_FOUND},
     *     {@code NO_CAPACITY} with the reason
     */
    public VirtualMachine startOn(Transaction tx, Caller caller, VmId id, HostId host) {
        Authorization.requireOperator(caller);
        VirtualMachine vm = require(tx.state(), caller, id);
        requireHost(tx.state(), host);
        if (vm.state() == VmState.SAVED) {
            requirePossible(vm, VmEvent.RESTORE);
            return restore(tx, vm, Optional.of(host));
        }
        if (vm.state() == VmState.DISPLACED) {
            requirePossible(vm, VmEvent.PLACE);
            HostId chosen = chosen(tx.state(), vm, Optional.of(host), "has room for");
            return step(tx, vm.withHost(Optional.of(chosen)), VmEvent.PLACE);
        }
        requirePossible(vm, VmEvent.START);
        return start(tx, vm, Optional.of(host));
    }

    /**
     * Moves a machine to another host.
     *
     * @param target where to; empty for the host that the cloud's policy prefers
     * @param live whether a guest that runs goes on meanwhile
     * @throws EngineException {@code NOT_ALLOWED}, {@code VM_NOT_FOUND}, {@code WRONG_STATE}, {@code HOST_NOT_FOUND},
     *     {@code INVALID} when it is there already, {@code NO_CAPACITY} with the reason why the target cannot take it,
     *     {@code HOST_UNAVAILABLE} when its host does not answer
     */
    public VirtualMachine migrate(Transaction tx, Caller caller, VmId id, Optional<HostId> target, boolean live) {
        Authorization.requireOperator(caller);
        VirtualMachine vm = require(tx.state(), caller, id);
        target.ifPresent(host -> requireHost(tx.state(), host));
        VmEvent event = live ? VmEvent.LIVE_MIGRATE : VmEvent.MIGRATE;
        requirePossible(vm, event);
        if (target.isPresent() && target.equals(vm.host())) {
            throw new EngineException(
                    ErrorCode.INVALID,
                    "vm " + id + " is on host "
                            + requireHost(tx.state(), target.get()).name() + " already");
        }
        requireHostCertain(tx.state(), vm);
        HostId chosen = chosen(tx.state(), vm, target, "can be moved to");
        return Steps.step(tx, vm, event, BY_OPERATOR, Optional.of(chosen)).orElseThrow();
    }

    /**
     * Gives a machine another size: one that is off at once, to be held and had from its next start on; one that runs as
     * far as its host can while it does, and what it may have meanwhile is promised before.
     *
     * @throws EngineException {@code VM_NOT_FOUND}, {@code WRONG_STATE}, {@code INVALID} when it runs and is to have more than
     *     it was started with, {@code NO_CAPACITY} when it runs and its host has no
     *     room for what it would grow by, {@code HOST_UNAVAILABLE} when it runs and its host does not answer
     */
    public VirtualMachine resize(Transaction tx, Caller caller, VmId id, VmSize size) {
        VirtualMachine vm = require(tx.state(), caller, id);
        requirePossible(vm, VmEvent.RESIZE);
        if (vm.state() == VmState.RUNNING) {
            requireWithinStart(vm, size);
            requireRoomToGrow(tx.state(), vm, size);
        }
        return Steps.step(tx, vm.withResizing(size), VmEvent.RESIZE, vm.reason())
                .orElseThrow(() -> refused(vm, VmEvent.RESIZE));
    }

    /** A guest finds as many processors and as much memory as it was started with, and those only can come and go. */
    private static void requireWithinStart(VirtualMachine vm, VmSize size) {
        vm.startedSize()
                .filter(most -> size.vcpus() > most.vcpus() || size.memoryMib() > most.memoryMib())
                .ifPresent(most -> {
                    throw new EngineException(
                            ErrorCode.INVALID,
                            "vm " + vm.id() + " was started with " + most.vcpus() + " processors and "
                                    + most.memoryMib() + " MiB of memory, and gets no more while it runs, not "
                                    + size.vcpus() + " and " + size.memoryMib() + ": shut it down first");
                });
    }

    private static void requireRoomToGrow(Snapshot state, VirtualMachine vm, VmSize size) {
        Host host = requireHost(state, vm.host().orElseThrow());
        if (host.silent()) {
            throw new EngineException(
                    ErrorCode.HOST_UNAVAILABLE,
                    "host " + host.name() + " of vm " + vm.id() + " does not answer; it can be resized once it does");
        }
        Capacity own = vm.spec().capacity();
        Capacity growth = size.capacity(own.diskMib()).minus(own);
        if (!growth.fitsInto(Vms.room(state, host))) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "host " + host.name() + " has no room for vm " + vm.id() + " to grow by " + growth);
        }
    }

    /** On its own host, if that is in service and has room, or does not answer just now; else on another one. */
    private VirtualMachine start(Transaction tx, VirtualMachine vm, Optional<HostId> wanted) {
        boolean mayStay = wanted.isEmpty() || wanted.equals(vm.host());
        if (mayStay && isAtHome(tx.state(), vm, STARTS_ITS_OWN)) {
            return step(tx, vm, VmEvent.START);
        }
        requireHostCertain(tx.state(), vm);
        HostId host = chosen(tx.state(), vm, wanted, "has room for");
        VirtualMachine displaced = step(tx, vm, VmEvent.DISPLACE);
        return step(tx, displaced.withHost(Optional.of(host)), VmEvent.PLACE);
    }

    /** A start whose outcome nobody knew may still come true on a host that does not answer. */
    private static void requireHostCertain(Snapshot state, VirtualMachine vm) {
        vm.host()
                .flatMap(id -> state.find(Hosts.TABLE, id))
                .filter(Host::silent)
                .ifPresent(host -> {
                    throw new EngineException(
                            ErrorCode.HOST_UNAVAILABLE,
                            "host " + host.name() + " does not answer, and vm " + vm.id()
                                    + " may yet run there: it can leave once the host answers or is fenced");
                });
    }

    private VirtualMachine restore(Transaction tx, VirtualMachine vm, Optional<HostId> wanted) {
        boolean atHome = wanted.isEmpty() && isAtHome(tx.state(), vm, IN_SERVICE);
        if (!atHome) {
            requireHostCertain(tx.state(), vm);
        }
        HostId host = atHome ? vm.host().orElseThrow() : chosen(tx.state(), vm, wanted, "has room for");
        return step(tx, vm.withHost(Optional.of(host)), VmEvent.RESTORE);
    }

    private HostId chosen(Snapshot state, VirtualMachine vm, Optional<HostId> wanted, String what) {
        Destinations.Choice choice =
                wanted.map(host -> destinations.only(state, vm, host)).orElseGet(() -> destinations.other(state, vm));
        return choice.host().orElseThrow(() -> {
            String host = wanted.map(id -> "host " + requireHost(state, id).name() + " is no host that ")
                    .orElse("no host ");
            return new EngineException(ErrorCode.NO_CAPACITY, host + what + " vm " + vm.id() + ": " + choice.why());
        });
    }

    private static VirtualMachine end(Transaction tx, VirtualMachine vm) {
        Optional<HostId> other = vm.released()
                ? Optional.of(hostToEndOn(tx.state(), vm))
                        .filter(host -> !vm.host().equals(Optional.of(host)))
                : Optional.empty();
        VirtualMachine ending = step(tx, vm, VmEvent.END);
        other.ifPresent(host -> EndingHosts.hand(tx, ending, host));
        return ending;
    }

    /** Any that sees its disks can remove them. */
    private static HostId hostToEndOn(Snapshot state, VirtualMachine vm) {
        Optional<Host> last = vm.host().flatMap(id -> state.find(Hosts.TABLE, id));
        return Stream.concat(
                        last.stream(),
                        state.all(Hosts.TABLE).stream().filter(host -> last.isEmpty() || host.isOfKindOf(last.get())))
                .filter(host -> ANSWER.contains(host.state()))
                .map(Host::id)
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        ErrorCode.HOST_UNAVAILABLE,
                        "no host is in service that could remove the disks of vm " + vm.id()));
    }

    private static VirtualMachine step(Transaction tx, VirtualMachine vm, VmEvent event) {
        return Steps.step(tx, vm, event, BY_USER).orElseThrow(() -> refused(vm, event));
    }

    private static void requirePossible(VirtualMachine vm, VmEvent event) {
        if (Lifecycle.find(vm.state(), vm.work(), event).isEmpty()) {
            throw refused(vm, event);
        }
    }

    private static EngineException refused(VirtualMachine vm, VmEvent event) {
        return new EngineException(
                ErrorCode.WRONG_STATE,
                "vm " + vm.id() + " is " + situation(vm) + " and takes only "
                        + Lifecycle.requestsPossible(vm.state(), vm.work()) + ", not " + event);
    }

    private VirtualMachine require(Snapshot state, Caller caller, VmId id) {
        return find(state, caller, id)
                .orElseThrow(() -> new EngineException(ErrorCode.VM_NOT_FOUND, "there is no vm " + id));
    }

    private static Host requireHost(Snapshot state, HostId id) {
        return state.find(Hosts.TABLE, id)
                .orElseThrow(() -> new EngineException(ErrorCode.HOST_NOT_FOUND, "there is no host " + id));
    }

    private int addressesFree(Snapshot state, LaunchRequest request) {
        long free = request.networks().stream()
                .mapToLong(network -> leases.free(state, network))
                .min()
                .orElse(Integer.MAX_VALUE);
        return (int) Math.min(Integer.MAX_VALUE, free);
    }

    private VirtualMachine create(Transaction tx, Caller caller, LaunchRequest request, GroupLaunch group, int index) {
        LaunchRequest.Member member = request.member().apply(index);
        BootImages.check(tx.state(), caller, member.spec().boot());
        VmId id = new VmId(tx.next("vm"));
        VirtualMachine vm = new VirtualMachine(
                id,
                uuid(tx.state(), id),
                member.name(),
                caller.account(),
                caller.user(),
                group.spec(request, member.spec()),
                request.held() ? VmState.HELD : VmState.PENDING,
                Work.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                StateReason.NONE,
                tx.now(),
                tx.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        tx.put(Vms.TABLE, vm);
        group.join(tx, id);
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

    private static void checkRoomAtItsHost(Snapshot state, VirtualMachine vm) {
        if (!hasRoom(state, vm)) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "the host of vm " + vm.id() + " has no room for its "
                            + vm.spec().capacity().withoutDisk());
        }
    }

    private static boolean isAtHome(Snapshot state, VirtualMachine vm, Set<HostState> states) {
        return vm.host()
                        .flatMap(id -> state.find(Hosts.TABLE, id))
                        .filter(host -> states.contains(host.state()))
                        .filter(host -> GroupView.admits(state, vm, host.id()))
                        .isPresent()
                && hasRoom(state, vm);
    }

    /** A machine that is off keeps its disk's place. */
    private static boolean hasRoom(Snapshot state, VirtualMachine vm) {
        Capacity needed =
                vm.released() ? vm.spec().capacity() : vm.spec().capacity().withoutDisk();
        return vm.host()
                .flatMap(id -> state.find(Hosts.TABLE, id))
                .map(host -> needed.fitsInto(Vms.room(state, host)))
                .orElse(false);
    }

    private static String situation(VirtualMachine vm) {
        return vm.work() == Work.NONE ? vm.state().toString() : vm.state() + " with " + vm.work() + " in hand";
    }
}
