package xenith.engine.operation;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.Leftover;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.NetworkDriver;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Vms;

/**
 * Removes what machines have left on hosts that could not be asked to, once these are in service again: the addresses and,
 * where it is certain that the machine does not need them, the disks. Thread-safe.
 */
public final class LeftoverSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverSweep.class);

    /** There is no hurry: what is left costs nothing but its place. */
    private static final int POLLS_PER_SWEEP = 12;

    private final Store store;
    private final Ownership ownership;
    private final HostRuntimes hosts;
    private final EngineSettings settings;
    private final EngineTimer timer = new EngineTimer("leftovers", 1);

    /** What is to be done about a leftover. */
    private enum Verdict {
        /** Nothing yet: its machine may come back to it. */
        WAIT,
        /** Its machine has it again, or has taken its disks along. */
        KEEP_DISKS,
        DISCARD
    }

    public LeftoverSweep(Store store, Ownership ownership, HostRuntimes hosts, EngineSettings settings) {
        this.store = store;
        this.ownership = ownership;
        this.hosts = hosts;
        this.settings = settings;
    }

    public void start() {
        timer.after(POLLS_PER_SWEEP * settings.pollMillis(), () -> {
            if (ownership.leads(store.state())) {
                store.state().all(Leftovers.TABLE).forEach(leftover -> EngineTimer.logged(() -> settle(leftover)));
            }
            start();
        });
    }

    @Override
    public void close() {
        timer.close();
    }

    private void settle(Leftover leftover) {
        Snapshot state = store.state();
        Optional<VirtualMachine> vm = state.find(Vms.TABLE, leftover.vm());
        Verdict verdict = verdict(state, vm, leftover);
        Optional<HostId> remover = remover(state, leftover, vm);
        if (verdict == Verdict.WAIT || remover.isEmpty()) {
            return;
        }
        try {
            hosts.ask(remover.get(), "what is left of vm " + leftover.vm(), access -> {
                withdraw(leftover, access);
                if (verdict == Verdict.DISCARD) {
                    discard(leftover, access, vm.isEmpty() || vm.get().ended());
                }
                return true;
            });
            store.write(tx -> tx.remove(Leftovers.TABLE, leftover.key()));
        } catch (DriverException failure) {
            LOG.info(
                    "what is left of vm {} on host {} stays for now: {}",
                    leftover.vm(),
                    leftover.host(),
                    failure.getMessage());
        }
    }

    private static Verdict verdict(Snapshot state, Optional<VirtualMachine> vm, Leftover leftover) {
        if (vm.isEmpty() || vm.get().ended()) {
            return Verdict.DISCARD;
        }
        if (isThere(vm.get(), leftover)) {
            return Verdict.KEEP_DISKS;
        }
        if (vm.get().host().isEmpty() || vm.get().state() == VmState.PENDING) {
            return Verdict.WAIT;
        }
        Optional<Host> own = state.find(Hosts.TABLE, vm.get().host().get());
        Optional<Host> former = state.find(Hosts.TABLE, leftover.host());
        boolean seesThem = own.isPresent() && former.isPresent() && own.get().isOfKindOf(former.get());
        return seesThem ? Verdict.KEEP_DISKS : Verdict.DISCARD;
    }

    private static boolean isThere(VirtualMachine vm, Leftover leftover) {
        return vm.host().filter(leftover.host()::equals).isPresent()
                || vm.target().filter(leftover.host()::equals).isPresent();
    }

    /** The host itself; in the place of a fenced one, for a machine that has ended, another that sees its disks. */
    private static Optional<HostId> remover(Snapshot state, Leftover leftover, Optional<VirtualMachine> vm) {
        Optional<Host> host = state.find(Hosts.TABLE, leftover.host()).filter(found -> !found.silent());
        if (host.isEmpty() || host.get().state() != HostState.FENCED) {
            return host.map(Host::id);
        }
        boolean ended = vm.map(VirtualMachine::ended).orElse(true);
        return state.all(Hosts.TABLE).stream()
                .filter(other -> ended && other.state() == HostState.ON && other.isOfKindOf(host.get()))
                .map(Host::id)
                .findFirst();
    }

    private void withdraw(Leftover leftover, HostAccess access) throws DriverException {
        Snapshot state = store.state();
        NetworkDriver networks = access.drivers().networks();
        for (AddressLease lease : Leases.of(state, leftover.vm()).toList()) {
            if (!isThereNow(leftover)) {
                networks.withdraw(access.endpoint(), OperationRunner.network(state, lease), lease);
            }
            if (isThereNow(leftover)) {
                networks.admit(access.endpoint(), OperationRunner.network(state, lease), lease);
            }
        }
    }

    private boolean isThereNow(Leftover leftover) {
        return store.state()
                .find(Vms.TABLE, leftover.vm())
                .filter(vm -> isThere(vm, leftover))
                .isPresent();
    }

    /** @param mayTakeOver whether what another host has of the machine may be removed as well */
    private static void discard(Leftover leftover, HostAccess access, boolean mayTakeOver) throws DriverException {
        ImageDriver images = access.drivers().images();
        if (mayTakeOver) {
            try {
                images.adopt(access.endpoint(), leftover.uuid());
            } catch (DriverException failure) {
                if (failure.failure() != Failure.REFUSED) {
                    throw failure;
                }
                LOG.debug("nothing of vm {} is left here", leftover.vm(), failure);
            }
        }
        images.discard(access.endpoint(), leftover.uuid());
    }
}
