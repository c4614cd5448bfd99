package xenith.engine.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.port.Hypervisor;
import xenith.engine.store.Change;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/**
 * Ends machines whose first start comes to nothing: on a host that does not answer, or with a guest that never boots. A
 * machine that has run before is left alone, for its disks may hold all that its user has. Thread-safe.
 */
public final class LaunchWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchWatch.class);

    /** How often machines are looked through, at most. */
    private static final long LOOK_MILLIS = 1_000;

    /** A guest's console is read after these parts of its time: a panic comes early, and slow hosts boot late. */
    private static final List<Double> LOOKS = List.of(1 / 12.0, 1 / 4.0, 1 / 2.0, 1.0);

    private static final int LAST_BYTES = 2_048;

    private final Store store;
    private final Ownership ownership;
    private final HostRuntimes hosts;
    private final EngineSettings settings;
    private final Clock clock;
    private final EngineTimer timer = new EngineTimer("launches", 1);
    private final Map<VmId, Boot> boots = new ConcurrentHashMap<>();

    private record Boot(Instant began, int looks) {}

    public LaunchWatch(Store store, Ownership ownership, HostRuntimes hosts, EngineSettings settings, Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.hosts = hosts;
        this.settings = settings;
        this.clock = clock;
    }

    public void start() {
        store.listen((state, changes, events) -> changes.forEach(this::noted));
        resume();
        lookAgain();
    }

    @Override
    public void close() {
        timer.close();
    }

    /** Whether it is not known yet how the machine's first boot goes. */
    public boolean watches(VmId vm) {
        return boots.containsKey(vm);
    }

    /** First boots that the process before this one has not watched to their end. */
    private void resume() {
        Instant earliest = clock.instant().minusMillis(settings.bootMillis());
        store.state().all(Vms.TABLE).stream()
                .filter(vm -> boots(vm) && vm.startedAt().equals(vm.firstStartedAt()))
                .filter(vm -> vm.startedAt().filter(earliest::isBefore).isPresent())
                .forEach(
                        vm -> boots.putIfAbsent(vm.id(), new Boot(vm.startedAt().orElseThrow(), 0)));
    }

    private void noted(Change<?, ?> change) {
        if (change.table() == Vms.TABLE) {
            Change<VmId, VirtualMachine> vm = Vms.TABLE.sameTable(change);
            boolean runs =
                    vm.after().filter(after -> after.state() == VmState.RUNNING).isPresent();
            boolean waited = vm.before()
                    .filter(before -> before.state() == VmState.PENDING)
                    .isPresent();
            if (!runs) {
                boots.remove(vm.any().id());
            } else if (waited) {
                boots.put(vm.any().id(), new Boot(clock.instant(), 0));
            }
        }
    }

    private void lookAgain() {
        timer.after(Math.min(LOOK_MILLIS, settings.bootMillis() / 12), () -> {
            EngineTimer.logged(this::endUnstarted);
            boots.forEach((vm, boot) -> EngineTimer.logged(() -> look(vm, boot)));
            lookAgain();
        });
    }

    /** The domain may still come: the end that follows waits for the host, and finds it. */
    private void endUnstarted() {
        Instant limit = clock.instant().minusMillis(settings.launchMillis());
        List<Operation> late = store.state().all(Operations.TABLE).stream()
                .filter(operation -> isOwn(operation.host()))
                .filter(operation ->
                        operation.kind() == Work.START && operation.createdAt().isBefore(limit))
                .filter(operation -> operation.attempt() > 0 || isSilent(operation.host()))
                .toList();
        late.forEach(operation -> store.write(tx -> tx.find(Vms.TABLE, operation.vm())
                .filter(vm -> vm.state() == VmState.PENDING && vm.work() == Work.START)
                .flatMap(vm -> Steps.step(tx, vm, VmEvent.FAILED, unstarted(vm, operation)))));
    }

    /** On a host that answers, what has not been tried waits behind others' work, and its time will come. */
    private boolean isSilent(HostId host) {
        return store.state().find(Hosts.TABLE, host).map(Host::silent).orElse(true);
    }

    private StateReason unstarted(VirtualMachine vm, Operation operation) {
        String host = vm.host()
                .flatMap(id -> store.state().find(Hosts.TABLE, id))
                .map(Host::name)
                .orElse("?");
        return new StateReason(
                Cause.FAULT,
                "host " + host + " has not started it within " + settings.launchMillis() / 1000 + " s"
                        + (operation.lastError().isEmpty() ? "" : ": " + operation.lastError()));
    }

    private void look(VmId id, Boot boot) {
        Optional<VirtualMachine> vm = store.state().find(Vms.TABLE, id).filter(LaunchWatch::boots);
        if (vm.isEmpty()) {
            boots.remove(id);
            return;
        }
        long dueMillis = (long) (LOOKS.get(boot.looks()) * settings.bootMillis());
        if (boot.began().plusMillis(dueMillis).isAfter(clock.instant())) {
            return;
        }
        boolean last = boot.looks() + 1 == LOOKS.size();
        if (vm.get().host().filter(this::isOwn).isEmpty()) {
            // Another gateway's to look at, so far.
            next(id, boot, last);
            return;
        }
        try {
            Optional<String> why = hosts.ask(
                    vm.get().host().orElseThrow(),
                    "the first boot of vm " + id,
                    access -> failure(access.hypervisor(), vm.get(), last));
            why.ifPresent(reason -> end(vm.get(), reason));
        } catch (DriverException failure) {
            LOG.info("how vm {} boots cannot be seen: {}", id, failure.getMessage());
        }
        next(id, boot, last);
    }

    private void next(VmId id, Boot boot, boolean last) {
        if (last) {
            boots.remove(id);
        } else {
            boots.replace(id, boot, new Boot(boot.began(), boot.looks() + 1));
        }
    }

    private boolean isOwn(HostId host) {
        return ownership.isCertain() && ownership.epochOf(store.state(), host).isPresent();
    }

    private Optional<String> failure(Hypervisor hypervisor, VirtualMachine vm, boolean last) throws DriverException {
        byte[] console = hypervisor.console(vm.uuid(), LAST_BYTES);
        // Only a kernel that we start is told where to write; what boots from a disk may have its reasons to be silent.
        boolean mustSpeak = last && vm.spec().boot().kernel().isPresent();
        if (mustSpeak && BootFailure.isSilent(console) && hypervisor.logsConsole(vm.uuid())) {
            return Optional.of("its kernel wrote nothing on the console within " + settings.bootMillis() / 1000 + " s");
        }
        return BootFailure.in(console);
    }

    private void end(VirtualMachine vm, String why) {
        store.write(tx -> tx.find(Vms.TABLE, vm.id())
                .filter(LaunchWatch::boots)
                .filter(now -> now.startedAt().equals(vm.startedAt()))
                .flatMap(now -> Steps.step(
                        tx,
                        now,
                        VmEvent.SEEN_CRASHED,
                        new StateReason(Cause.FAULT, "the guest did not boot: " + why))));
    }

    private static boolean boots(VirtualMachine vm) {
        return vm.state() == VmState.RUNNING && vm.work() == Work.NONE;
    }
}
