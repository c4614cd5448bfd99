package xenith.engine.operation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;

/**
 * Takes a machine from one host to another. One that runs moves with its memory, in its source's lane; of one that does
 * not, the target takes over what is in the store, and the source need not be there.
 */
final class Relocation {
    private static final Logger LOG = LoggerFactory.getLogger(Relocation.class);

    /** With the pauses between them, longer than hosts need to find out that a move's other end is gone. */
    private static final int ATTEMPTS_UNTIL_GIVEN_UP = 8;

    private final Snapshot state;
    private final Operation operation;
    private final VirtualMachine vm;
    private final HostId source;
    private final HostId target;
    private final Peers peers;

    Relocation(Snapshot state, Operation operation, VirtualMachine vm, Peers peers) {
        this.state = state;
        this.operation = operation;
        this.vm = vm;
        this.source = vm.host().orElseThrow();
        this.target = operation.target().orElseThrow();
        this.peers = peers;
    }

    /** Moves it. */
    Outcome run() throws DriverException {
        return run(false);
    }

    /** @param again whether an earlier attempt may still go on, or have come true */
    private Outcome run(boolean again) throws DriverException {
        if (vm.state() != VmState.RUNNING) {
            peers.access(target).drivers().images().adopt(peers.access(target).endpoint(), vm.uuid());
            leaveSource();
            return Outcome.DONE;
        }
        HostAccess from = peers.access(source);
        HostAccess to;
        try {
            to = peers.access(target);
            admit(to, again);
        } catch (DriverException failure) {
            String why = "host " + name(target) + ": " + failure.getMessage();
            return again ? Outcome.undecided(why) : Outcome.failed(why);
        }
        try {
            from.hypervisor().migrate(vm.uuid(), to.endpoint(), operation.kind() == Work.LIVE_MIGRATE);
        } catch (DriverException failure) {
            if (failure.failure() == Failure.FAILED || failure.failure() == Failure.REFUSED) {
                withdraw(to);
            }
            throw failure;
        }
        arrive(to);
        return Outcome.DONE;
    }

    /** Finds out on both hosts what became of it, and brings it to an end. */
    Outcome ask() {
        try {
            if (vm.state() != VmState.RUNNING) {
                return run();
            }
            MoveVerdict.Seen atSource = seen(source);
            if (isSilent(target)) {
                return withoutTarget(atSource);
            }
            MoveVerdict.Seen atTarget = seen(target);
            boolean mayBeRepeated = atSource != MoveVerdict.Seen.ABSENT
                    && atTarget != MoveVerdict.Seen.EXECUTING
                    && !isOff(target)
                    && operation.attempt() < ATTEMPTS_UNTIL_GIVEN_UP;
            return mayBeRepeated ? repeated() : settled(MoveVerdict.of(atSource, atTarget));
        } catch (DriverException failure) {
            return Outcome.undecided("the move to " + name(target) + ": " + failure.getMessage());
        }
    }

    /**
     * What can be known while the target does not answer. A source that executes and no longer moves the machine has it
     * for good; a copy at the target goes when that answers again. Otherwise the target has to say.
     */
    private Outcome withoutTarget(MoveVerdict.Seen atSource) throws DriverException {
        String silence = "host " + name(target) + " does not answer";
        boolean mayHaveEnded = atSource == MoveVerdict.Seen.EXECUTING && operation.attempt() >= ATTEMPTS_UNTIL_GIVEN_UP;
        if (!mayHaveEnded || peers.access(source).hypervisor().isMoving(vm.uuid())) {
            return Outcome.undecided("the move to " + name(target) + ": " + silence);
        }
        peers.access(source).hypervisor().unpause(vm.uuid());
        return Outcome.failed(silence + ", and it goes on on host " + name(source));
    }

    /** One that is asked all the same may hang. */
    private boolean isSilent(HostId host) {
        return state.find(Hosts.TABLE, host).map(Host::silent).orElse(false);
    }

    /** The driver waits for a move that still goes on, and mends what one has left that was cut off. */
    private Outcome repeated() {
        try {
            return run(true);
        } catch (DriverException failure) {
            return failure.failure() == Failure.UNKNOWN || failure.failure() == Failure.UNREACHABLE
                    ? Outcome.undecided(failure.getMessage())
                    : Outcome.failed(failure.getMessage());
        }
    }

    private Outcome settled(MoveVerdict verdict) throws DriverException {
        return switch (verdict) {
            case MOVED -> moved();
            case STAYED, GIVEN_UP -> stayed();
            case SPLIT ->
                Outcome.undecided("it runs on " + name(source) + " and on " + name(target)
                        + ": destroy the domain on one of them");
        };
    }

    private Outcome moved() throws DriverException {
        if (!isOff(source)) {
            peers.access(source).hypervisor().destroy(vm.uuid());
        }
        arrive(peers.access(target));
        return Outcome.DONE;
    }

    private Outcome stayed() throws DriverException {
        if (!isOff(target)) {
            HostAccess to = peers.access(target);
            to.hypervisor().destroy(vm.uuid());
            withdraw(to);
        }
        if (seen(source) != MoveVerdict.Seen.ABSENT) {
            peers.access(source).hypervisor().unpause(vm.uuid());
        }
        return Outcome.failed(operation.lastError().isEmpty() ? "the move was cut off" : operation.lastError());
    }

    /** From here on the machine is the target's; what fails now is done again by asking. */
    private void arrive(HostAccess to) throws DriverException {
        try {
            to.drivers().images().adopt(to.endpoint(), vm.uuid());
        } catch (DriverException failure) {
            throw new DriverException(Failure.UNKNOWN, failure.getMessage(), failure);
        }
        leaveSource();
    }

    /** Addresses and logs that are left behind harm nobody: a source that is gone must not keep the machine. */
    private void leaveSource() {
        if (isOff(source)) {
            return;
        }
        try {
            HostAccess from = peers.access(source);
            if (vm.state() == VmState.RUNNING) {
                from.hypervisor().leave(vm.uuid());
            }
            withdraw(from);
        } catch (DriverException failure) {
            LOG.warn(
                    "vm {} has left host {}, which keeps traces of it: {}",
                    vm.id(),
                    name(source),
                    failure.getMessage());
        }
    }

    /** All of its addresses or none, unless it may be there by now. */
    private void admit(HostAccess to, boolean mayBeThere) throws DriverException {
        try {
            for (AddressLease lease : Leases.of(state, vm.id()).toList()) {
                to.drivers().networks().ensure(to.endpoint(), OperationRunner.network(state, lease));
                to.drivers().networks().admit(to.endpoint(), OperationRunner.network(state, lease), lease);
            }
        } catch (DriverException failure) {
            if (!mayBeThere) {
                takeBack(to, failure);
            }
            throw failure;
        }
    }

    private void takeBack(HostAccess to, DriverException failure) {
        try {
            withdraw(to);
        } catch (DriverException again) {
            failure.addSuppressed(again);
        }
    }

    private void withdraw(HostAccess access) throws DriverException {
        for (AddressLease lease : Leases.of(state, vm.id()).toList()) {
            access.drivers().networks().withdraw(access.endpoint(), OperationRunner.network(state, lease), lease);
        }
    }

    private MoveVerdict.Seen seen(HostId host) throws DriverException {
        return isOff(host)
                ? MoveVerdict.Seen.ABSENT
                : MoveVerdict.Seen.of(peers.access(host).hypervisor().domain(vm.uuid()));
    }

    private boolean isOff(HostId host) {
        return HostLoss.isOff(state, host);
    }

    private String name(HostId host) {
        return state.find(Hosts.TABLE, host).map(Host::name).orElse(host.toString());
    }
}
