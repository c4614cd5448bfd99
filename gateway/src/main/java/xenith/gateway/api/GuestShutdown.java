package xenith.gateway.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Caller;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** Shuts the guests of some hosts down, all at once, so that they show as off when the cloud starts again. */
final class GuestShutdown {
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final Store store;
    private final VirtualMachines machines;
    private final Predicate<Host> concerned;

    /** @param concerned whether a host's guests are to be shut down; others run on */
    GuestShutdown(Store store, VirtualMachines machines, Predicate<Host> concerned) {
        this.store = store;
        this.machines = machines;
        this.concerned = concerned;
    }

    /**
     * Asks every guest, also one that is being started, and waits until none runs.
     *
     * @return those that still run or are being worked on when the time is over
     */
    List<VirtualMachine> shutDown(Caller caller, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<VirtualMachine> left = left(store.state());
            if (left.isEmpty() || System.nanoTime() >= deadline) {
                return left;
            }
            if (left.stream().anyMatch(GuestShutdown::canBeAsked)) {
                store.write(tx -> {
                    left(tx.state()).stream()
                            .filter(GuestShutdown::canBeAsked)
                            .forEach(vm -> machines.request(tx, caller, vm.id(), VmEvent.SHUT_DOWN));
                    return null;
                });
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private List<VirtualMachine> left(Snapshot state) {
        Set<HostId> hosts =
                state.all(Hosts.TABLE).stream().filter(concerned).map(Host::id).collect(Collectors.toSet());
        return hosts.stream()
                .flatMap(host -> Vms.onHost(state, host))
                .filter(vm -> vm.state() == VmState.RUNNING || vm.work() != Work.NONE)
                .toList();
    }

    private static boolean canBeAsked(VirtualMachine vm) {
        return Lifecycle.find(vm.state(), vm.work(), VmEvent.SHUT_DOWN).isPresent();
    }
}
