package xenith.engine.operation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.AddressLease;
import xenith.engine.model.BootSource;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.Virtualization;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.Hypervisor;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Images;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Networks;
import xenith.engine.tables.Operations;

/** Does operations' driver work. Each step looks first, so the whole may be repeated from its beginning. */
final class OperationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private OperationRunner() {}

    /** Carries the operation out. */
    static Outcome run(Store store, Operation operation, VirtualMachine vm, HostAccess host, Peers peers)
            throws DriverException {
        Hypervisor hypervisor = host.hypervisor();
        switch (operation.kind()) {
            case NONE -> throw new IllegalArgumentException("operation " + operation.id() + " does nothing");
            case START -> {
                DomainSpec spec = prepared(store, operation, vm, host);
                if (vm.state() != VmState.PENDING) {
                    // Of one that was lost with its host while it was restored.
                    hypervisor.dropMemory(memoryFile(host, vm));
                }
                hypervisor.start(spec);
            }
            case SHUT_DOWN -> {
                hypervisor.requestShutdown(vm.uuid());
                return Outcome.WAITING;
            }
            case REBOOT -> hypervisor.reboot(vm.uuid());
            case PAUSE -> hypervisor.pause(vm.uuid());
            case UNPAUSE -> hypervisor.unpause(vm.uuid());
            case SUSPEND -> hypervisor.save(vm.uuid(), memoryFile(host, vm));
            case RESUME, RESTORE -> {
                hypervisor.restore(prepared(store, operation, vm, host), memoryFile(host, vm));
                shrinkAgain(vm, hypervisor);
            }
            case SAVE -> {
                if (vm.state() == VmState.RUNNING) {
                    hypervisor.save(vm.uuid(), memoryFile(host, vm));
                }
                withdraw(store.state(), vm, host);
            }
            case RESIZE -> resize(vm, hypervisor);
            case DROP_MEMORY -> hypervisor.dropMemory(memoryFile(host, vm));
            case MIGRATE, LIVE_MIGRATE -> throw new IllegalArgumentException("a move concerns two hosts");
            case END -> {
                return end(store.state(), vm, host, peers);
            }
        }
        return Outcome.DONE;
    }

    /** Memory goes on in a domain of the size that it was started with. */
    private static void shrinkAgain(VirtualMachine vm, Hypervisor hypervisor) {
        VmSize own = vm.spec().size();
        if (vm.startedSize().filter(own::equals).isEmpty()) {
            try {
                hypervisor.resize(vm.uuid(), own.vcpus(), own.memoryMib());
            } catch (DriverException failure) {
                LOG.warn("vm {} has the size again that it was started with: {}", vm.id(), failure.getMessage());
            }
        }
    }

    /** A change that comes half way is taken back. */
    private static void resize(VirtualMachine vm, Hypervisor hypervisor) throws DriverException {
        VmSize wanted = vm.resizing().orElseThrow();
        try {
            hypervisor.resize(vm.uuid(), wanted.vcpus(), wanted.memoryMib());
        } catch (DriverException failure) {
            if (failure.failure() == Failure.FAILED || failure.failure() == Failure.REFUSED) {
                takeBack(vm, hypervisor, failure);
            }
            throw failure;
        }
    }

    private static void takeBack(VirtualMachine vm, Hypervisor hypervisor, DriverException why) {
        try {
            hypervisor.resize(vm.uuid(), vm.spec().vcpus(), vm.spec().capacity().memoryMib());
        } catch (DriverException failure) {
            why.addSuppressed(failure);
        }
    }

    /** Settles an operation whose outcome nobody knows, by what the host shows now, or by doing again what is harmless. */
    static Outcome ask(Operation operation, VirtualMachine vm, HostAccess host) throws DriverException {
        if (operation.kind() == Work.RESIZE) {
            resize(vm, host.hypervisor());
            return Outcome.DONE;
        }
        // Whether the guest rebooted cannot be seen from outside; that the host answers settles that nothing hangs.
        host.hypervisor().domain(vm.uuid());
        return Outcome.DONE;
    }

    /** Looks whether a guest that was asked to shut down is gone; switches it off when its time is over. */
    static Outcome look(VirtualMachine vm, HostAccess host, boolean timeIsOver) throws DriverException {
        if (host.hypervisor().domain(vm.uuid()).isEmpty()) {
            return Outcome.DONE;
        }
        if (!timeIsOver) {
            // A guest that was still booting has not heard the first time.
            host.hypervisor().requestShutdown(vm.uuid());
            return Outcome.WAITING;
        }
        host.hypervisor().destroy(vm.uuid());
        return Outcome.DONE;
    }

    private static DomainSpec prepared(Store store, Operation operation, VirtualMachine vm, HostAccess host)
            throws DriverException {
        Snapshot state = store.state();
        BootSource boot = vm.spec().boot();
        List<AddressLease> leases = Leases.of(state, vm.id()).toList();
        BootPlan plan = new BootPlan(
                vm.uuid(),
                image(state, boot.disk()),
                image(state, boot.kernel()),
                image(state, boot.ramdisk()),
                boot.kernelArguments(),
                vm.spec().capacity().diskMib(),
                vm.spec().context(),
                host.drivers().networks().servesDhcp(host.endpoint())
                        ? List.of()
                        : leases.stream().map(lease -> card(state, lease)).toList());
        for (AddressLease lease : leases) {
            VirtualNetwork network = network(state, lease);
            host.drivers().networks().ensure(host.endpoint(), network);
            host.drivers().networks().admit(host.endpoint(), network, lease);
        }
        requireStillWanted(store.state(), operation, host);
        takeOver(state, vm, host);
        BootFiles files = host.drivers().images().prepare(host.endpoint(), plan);
        // Copying may have taken longer than this attempt was given.
        requireStillWanted(store.state(), operation, host);
        UUID cloud = host.endpoint().cloud();
        VmSize own = vm.spec().size();
        VmSize size = operation.kind() == Work.START ? own : vm.startedSize().orElse(own);
        return new DomainSpec(
                vm.uuid(),
                "xenith-" + cloud.toString().substring(0, 8) + "-" + vm.id(),
                cloud,
                vm.id().value(),
                operation.id().value(),
                size.vcpus(),
                own.cpu(),
                size.memoryMib(),
                virtualization(plan),
                files,
                leases.stream().map(lease -> nic(state, lease)).toList());
    }

    /** An attempt that hung until its machine was somewhere else, or ran, must not take its disks or its memory. */
    private static void requireStillWanted(Snapshot state, Operation operation, HostAccess host)
            throws DriverException {
        boolean wanted = state.find(Operations.TABLE, operation.id())
                .filter(now -> now.attempt() == operation.attempt() && now.status() == OperationStatus.RUNNING)
                .filter(now -> now.host().equals(host.endpoint().host()))
                .isPresent();
        if (!wanted) {
            throw new DriverException(
                    Failure.FAILED,
                    "the start of vm " + operation.vm() + " on host "
                            + host.endpoint().name() + " is no longer wanted");
        }
    }

    private static Outcome end(Snapshot state, VirtualMachine vm, HostAccess host, Peers peers) throws DriverException {
        host.hypervisor().destroy(vm.uuid());
        if (vm.target().isPresent() && !HostLoss.isOff(state, vm.target().get())) {
            try {
                // Of a move that was overtaken nobody knows how far it came.
                HostAccess target = peers.access(vm.target().get());
                target.hypervisor().destroy(vm.uuid());
                withdraw(state, vm, target);
            } catch (DriverException failure) {
                return Outcome.undecided("it may be on its target: " + failure.getMessage());
            }
        }
        withdraw(state, vm, host);
        // A machine that had released its host, or lost it, is ended by any that sees its disks.
        try {
            takeOver(state, vm, host);
        } catch (DriverException failure) {
            if (failure.failure() == Failure.REFUSED) {
                return Outcome.elsewhere(failure.getMessage());
            }
            throw failure;
        }
        host.drivers().images().discard(host.endpoint(), vm.uuid());
        return Outcome.DONE;
    }

    /**
     * Takes over what another host has of the machine; not what a first start has left on a host that was lost with it,
     * which is nobody's.
     *
     * @throws DriverException {@code REFUSED} when this host does not see what the other has
     */
    private static void takeOver(Snapshot state, VirtualMachine vm, HostAccess host) throws DriverException {
        try {
            host.drivers().images().adopt(host.endpoint(), vm.uuid());
        } catch (DriverException failure) {
            boolean leftBehind = vm.state() == VmState.PENDING
                    && Leftovers.of(state, vm.id()).findAny().isPresent();
            if (failure.failure() != Failure.REFUSED || !leftBehind) {
                throw failure;
            }
        }
    }

    private static void withdraw(Snapshot state, VirtualMachine vm, HostAccess host) throws DriverException {
        for (AddressLease lease : Leases.of(state, vm.id()).toList()) {
            host.drivers().networks().withdraw(host.endpoint(), network(state, lease), lease);
        }
    }

    private static String memoryFile(HostAccess host, VirtualMachine vm) throws DriverException {
        return host.drivers().images().memoryFile(host.endpoint(), vm.uuid());
    }

    private static Optional<Image> image(Snapshot state, Optional<ImageId> id) throws DriverException {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Image> image = state.find(Images.TABLE, id.get());
        if (image.isEmpty()) {
            throw new DriverException(Failure.REFUSED, "image " + id.get() + " is gone");
        }
        return image;
    }

    /** A kernel without a disk is what paravirtual guests have always been. */
    private static Virtualization virtualization(BootPlan plan) {
        return plan.disk()
                .map(image -> image.virtualization(plan.kernel().isPresent()))
                .orElse(Virtualization.PARAVIRTUAL);
    }

    private static BootPlan.Card card(Snapshot state, AddressLease lease) {
        VirtualNetwork network = network(state, lease);
        return new BootPlan.Card(lease.mac(), lease.address(), network.subnet(), network.gateway());
    }

    private static DomainSpec.Nic nic(Snapshot state, AddressLease lease) {
        VirtualNetwork network = network(state, lease);
        return new DomainSpec.Nic(network.name(), network.bridge(), lease.mac());
    }

    static VirtualNetwork network(Snapshot state, AddressLease lease) {
        return state.find(Networks.TABLE, lease.network())
                .orElseThrow(() -> new IllegalStateException("network " + lease.network() + " is gone"));
    }
}
