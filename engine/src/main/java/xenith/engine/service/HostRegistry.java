package xenith.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import xenith.engine.model.Caller;
import xenith.engine.model.Capacity;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.operation.HostLoss;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Vms;

/** Hosts, as operators add and remove them. */
public final class HostRegistry {
    private final Set<String> drivers;

    /**
     * A host to be added; the members are those of {@link Host}.
     *
     * @param driver name of one of the drivers that there are
     */
    public record NewHost(String name, String driver, String uri, Optional<String> migrationAddress, String zone) {}

    /** @param drivers names of the drivers there are */
    public HostRegistry(Set<String> drivers) {
        this.drivers = Set.copyOf(drivers);
    }

    /**
     * Adds a host. It takes machines once it has answered.
     *
     * @throws EngineException {@code NOT_ALLOWED}, {@code NAME_TAKEN}, {@code INVALID}
     */
    public Host add(Transaction tx, Caller caller, NewHost asked) {
        requireOperator(caller);
        if (!drivers.contains(asked.driver())) {
            throw new EngineException(
                    ErrorCode.INVALID,
                    "driver '" + asked.driver() + "' is none of "
                            + drivers.stream().sorted().toList());
        }
        if (byName(tx.state(), asked.name()).isPresent()) {
            throw new EngineException(ErrorCode.NAME_TAKEN, "there is a host named '" + asked.name() + "'");
        }
        Host host = new Host(
                new HostId(tx.next("host")),
                asked.name(),
                asked.driver(),
                asked.uri(),
                asked.migrationAddress(),
                asked.zone(),
                HostState.ON,
                HostState.ON,
                "",
                "",
                Capacity.NONE,
                HostFacts.UNKNOWN,
                tx.now());
        tx.put(Hosts.TABLE, host);
        tx.emit(EventKind.HOST_ADDED, "host/" + host.id(), Optional.empty(), asked.name() + " at " + asked.uri());
        return host;
    }

    /**
     * Removes a host that has no machine.
     *
     * @throws EngineException {@code NOT_ALLOWED}, {@code HOST_NOT_FOUND}, {@code HOST_IN_USE}
     */
    public Host remove(Transaction tx, Caller caller, HostId id) {
        Host host = require(tx, caller, id);
        long machines = tx.state().all(Vms.TABLE).stream()
                .filter(vm -> isOn(vm, id) || vm.target().filter(id::equals).isPresent())
                .count();
        if (machines > 0) {
            throw new EngineException(
                    ErrorCode.HOST_IN_USE,
                    "host " + host.name() + " has " + machines + " machines; drain it, or end them, first");
        }
        passOn(tx, host);
        tx.state().all(Leftovers.TABLE).stream()
                .filter(leftover -> leftover.host().equals(id))
                .toList()
                .forEach(leftover -> tx.remove(Leftovers.TABLE, leftover.key()));
        tx.remove(Hosts.TABLE, id);
        tx.emit(EventKind.HOST_REMOVED, "host/" + id, Optional.empty(), host.name());
        return host;
    }

    /** Machines that have released the host keep one of its kind, by which it is known where they can go on. */
    private static void passOn(Transaction tx, Host host) {
        List<VirtualMachine> released = Vms.onHost(tx.state(), host.id())
                .filter(VirtualMachine::released)
                .toList();
        if (released.isEmpty()) {
            return;
        }
        HostId other = tx.state().all(Hosts.TABLE).stream()
                .filter(candidate -> !candidate.id().equals(host.id()) && candidate.isOfKindOf(host))
                .map(Host::id)
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        ErrorCode.HOST_IN_USE,
                        released.size() + " machines that host " + host.name()
                                + " saved can go on with no other host; end them first"));
        released.forEach(vm -> tx.put(Vms.TABLE, vm.withHost(Optional.of(other))));
    }

    /**
     * Sets what the operator wants of the host.
     *
     * @param state {@code ON}, {@code DISABLED} or {@code DRAINING}
     * @throws EngineException {@code NOT_ALLOWED}, {@code HOST_NOT_FOUND}, {@code INVALID}; {@code WRONG_STATE} when a
     *     host that is lost is to be drained or disabled
     */
    public Host set(Transaction tx, Caller caller, HostId id, HostState state) {
        String reason =
                switch (state) {
                    case ON -> "";
                    case DISABLED -> "disabled by an operator";
                    case DRAINING -> "drained by an operator";
                    case ERROR, FENCED ->
                        throw new EngineException(ErrorCode.INVALID, "a host is not set to " + state + " by hand");
                };
        Host before = require(tx, caller, id);
        if (before.state() == HostState.FENCED && state != HostState.ON) {
            throw new EngineException(
                    ErrorCode.WRONG_STATE, "host " + before.name() + " is fenced; enable it once it is repaired");
        }
        // A wish does not make a host answer, and its silence must not be forgotten.
        Host host = before.silent() ? before.wishing(state, reason) : before.withState(state, reason);
        tx.put(Hosts.TABLE, host);
        tx.emit(EventKind.HOST_CHANGED, "host/" + id, Optional.empty(), state.toString());
        return host;
    }

    /**
     * Takes an operator's word that a host is off and stays so, and lets its machines go: those that ran are started on
     * other hosts. To be believed only of a host that does not answer.
     *
     * @throws EngineException {@code NOT_ALLOWED}, {@code HOST_NOT_FOUND}; {@code WRONG_STATE} when the host answers, or is
     *     fenced already
     */
    public Host fenced(Transaction tx, Caller caller, HostId id) {
        Host host = require(tx, caller, id);
        if (host.state() == HostState.FENCED) {
            throw new EngineException(ErrorCode.WRONG_STATE, "host " + host.name() + " is fenced already");
        }
        if (!host.silent()) {
            throw new EngineException(
                    ErrorCode.WRONG_STATE,
                    "host " + host.name() + " is " + host.state() + " and answers; only one that does not can be off");
        }
        return HostLoss.apply(tx, host, true, "an operator has said that it is off");
    }

    private static boolean isOn(VirtualMachine vm, HostId id) {
        return vm.host().filter(id::equals).isPresent() && !vm.ended() && !vm.released();
    }

    public Optional<Host> byName(Snapshot state, String name) {
        return state.by(Hosts.BY_NAME, Hosts.TABLE, name).findFirst();
    }

    private static Host require(Transaction tx, Caller caller, HostId id) {
        requireOperator(caller);
        return tx.find(Hosts.TABLE, id)
                .orElseThrow(() -> new EngineException(ErrorCode.HOST_NOT_FOUND, "there is no host " + id));
    }

    private static void requireOperator(Caller caller) {
        Authorization.requireOperator(caller);
    }
}
