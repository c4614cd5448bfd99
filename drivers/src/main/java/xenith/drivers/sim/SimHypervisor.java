package xenith.drivers.sim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.drivers.sim.SimLedger.Act;
import xenith.engine.model.HostFacts;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;

/** A connection to a simulated host. */
final class SimHypervisor implements Hypervisor {
    private static final int PER_CORE = 100;

    private final SimWorld world;
    private final HostEndpoint endpoint;
    private final SimUri uri;
    private final SimHost host;
    private final SimLine line;
    private final DomainListener listener;

    SimHypervisor(SimWorld world, HostEndpoint endpoint, SimUri uri, DomainListener listener) {
        this.world = world;
        this.endpoint = endpoint;
        this.uri = uri;
        this.host = world.ledger().host(uri.host());
        this.line = new SimLine(world, host);
        this.listener = listener;
    }

    void open() throws DriverException {
        line.call(SimCall.CONNECT, draws -> null);
        host.listen(this, listener);
    }

    @Override
    public HostReport report() throws DriverException {
        return line.call(SimCall.REPORT, draws -> {
            int cores = (int) Math.max(1, uri.capacity().cpu() / PER_CORE);
            return new HostReport(
                    new HostFacts("sim", "1.0", "x86_64", "sim", cores),
                    uri.capacity(),
                    uri.capacity().minus(host.used(world.now())));
        });
    }

    @Override
    public List<DomainReport> domains() throws DriverException {
        return line.call(SimCall.LIST, draws -> {
            long now = world.now();
            return host.domains(now).map(domain -> domain.reportAt(now)).toList();
        });
    }

    @Override
    public Optional<DomainReport> domain(UUID vm) throws DriverException {
        return line.call(SimCall.LIST, draws -> {
            long now = world.now();
            return host.domain(vm, now).map(domain -> domain.reportAt(now));
        });
    }

    @Override
    public void start(DomainSpec spec) throws DriverException {
        SimStart start = SimStart.of(spec);
        line.call(
                SimCall.START,
                draws -> {
                    lookAtFiles(spec);
                    boolean crashes =
                            draws.guestCrashes() < world.faults(host.name()).guestsCrash();
                    long crashesAt = crashes ? world.now() + world.settings().crashAfterMillis() : SimDomain.NEVER;
                    return change(spec.uuid(), () -> world.acts(host).start(start, uri.capacity(), crashesAt));
                },
                delay -> {
                    lookAtFiles(spec);
                    defer(SimCall.START, spec.uuid(), delay, List.of(start));
                });
    }

    private void lookAtFiles(DomainSpec spec) throws DriverException {
        List<String> files = Stream.concat(
                        Stream.concat(spec.boot().kernel().stream(), spec.boot().ramdisk().stream()),
                        spec.boot().disks().stream().map(disk -> disk.file()))
                .toList();
        for (String file : files) {
            boolean there = file.startsWith(SimFiles.PREFIX)
                    ? SimFiles.areOf(host, spec.uuid(), file)
                    : Files.isRegularFile(Path.of(file));
            if (!there && host.domain(spec.uuid(), world.now()).isEmpty()) {
                throw new DriverException(Failure.REFUSED, "file '" + file + "' is missing on host " + host.name());
            }
        }
    }

    @Override
    public void requestShutdown(UUID vm) throws DriverException {
        line.call(
                SimCall.SHUTDOWN,
                draws -> change(
                        vm, () -> world.acts(host).requestShutdown(vm, endpoint.cloud(), world.shutdownMillis(host))),
                delay -> defer(SimCall.SHUTDOWN, vm, delay, List.of()));
    }

    @Override
    public void destroy(UUID vm) throws DriverException {
        line.call(
                SimCall.DESTROY,
                draws -> change(vm, () -> world.acts(host).destroy(vm, endpoint.cloud())),
                delay -> defer(SimCall.DESTROY, vm, delay, List.of()));
    }

    @Override
    public void reboot(UUID vm) throws DriverException {
        line.call(SimCall.REBOOT, draws -> change(vm, () -> world.acts(host).reboot(vm, endpoint.cloud())));
    }

    @Override
    public void pause(UUID vm) throws DriverException {
        line.call(SimCall.PAUSE, draws -> change(vm, () -> world.acts(host).pause(vm, endpoint.cloud(), true)));
    }

    @Override
    public void unpause(UUID vm) throws DriverException {
        line.call(SimCall.UNPAUSE, draws -> change(vm, () -> world.acts(host).pause(vm, endpoint.cloud(), false)));
    }

    @Override
    public void save(UUID vm, String file) throws DriverException {
        line.call(SimCall.SAVE, draws -> change(vm, () -> world.acts(host).save(vm, endpoint.cloud(), file)));
    }

    @Override
    public void restore(DomainSpec spec, String file) throws DriverException {
        SimStart start = SimStart.of(spec);
        line.call(
                SimCall.RESTORE,
                draws -> change(spec.uuid(), () -> world.acts(host).restore(start, uri.capacity(), file)));
    }

    @Override
    public void dropMemory(String file) throws DriverException {
        line.call(SimCall.DROP_MEMORY, draws -> {
            world.ledger().change(() -> List.of(SimChange.remove(SimKind.MEMORY, host.name(), file)));
            return null;
        });
    }

    @Override
    public void migrate(UUID vm, HostEndpoint target, boolean live) throws DriverException {
        SimUri there = SimUri.parse(target.uri());
        SimHost other = world.ledger().host(there.host());
        line.call(SimCall.MIGRATE, draws -> {
            host.moving(vm, true);
            try {
                awaitTarget(other);
                change(vm, () -> world.acts(host).migrate(vm, endpoint.cloud(), other, there.capacity()));
            } finally {
                host.moving(vm, false);
            }
            world.watch(other, vm);
            world.tell(other);
            return null;
        });
    }

    @Override
    public boolean isMoving(UUID vm) throws DriverException {
        return line.call(SimCall.LIST, draws -> host.isMoving(vm));
    }

    /** A target that hangs takes nothing; one that dies meanwhile ends the move, and the guest goes on here. */
    private void awaitTarget(SimHost other) throws DriverException {
        try {
            world.gate().waitWhile(() -> {
                SimFaults faults = world.faults(other.name());
                return faults.hangs(SimCall.MIGRATE) && !faults.down() && !line.isClosed();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Failure.UNKNOWN, "migration to host " + other.name() + " was interrupted", e);
        }
        if (line.isClosed()) {
            throw new DriverException(
                    Failure.UNKNOWN,
                    "the connection to host " + host.name() + " was closed during the migration to " + other.name());
        }
        if (world.faults(other.name()).down()) {
            throw new DriverException(Failure.FAILED, "migration: host " + other.name() + " is down");
        }
    }

    @Override
    public void leave(UUID vm) throws DriverException {
        line.call(SimCall.LEAVE, draws -> change(vm, () -> world.acts(host).leave(vm, endpoint.cloud())));
    }

    @Override
    public void resize(UUID vm, int vcpus, long memoryMib) throws DriverException {
        line.call(
                SimCall.RESIZE,
                draws -> change(vm, () -> world.acts(host).resize(vm, endpoint.cloud(), vcpus, memoryMib)));
    }

    @Override
    public List<DomainUsage> usages() throws DriverException {
        return line.call(SimCall.USAGE, draws -> {
            long now = world.now();
            return host.domains(now)
                    .filter(domain -> domain.start().cloud().equals(endpoint.cloud()))
                    .map(domain -> domain.usageAt(now))
                    .toList();
        });
    }

    @Override
    public boolean logsConsole(UUID vm) throws DriverException {
        return console(vm, 1).length > 0;
    }

    @Override
    public byte[] console(UUID vm, int maxBytes) throws DriverException {
        return line.call(SimCall.CONSOLE, draws -> {
            byte[] all = host.find(SimKind.CONSOLE, vm)
                    .map(log -> log.textAt(world.now(), world.settings().bootMillis()))
                    .orElse(new byte[0]);
            return Arrays.copyOfRange(all, Math.max(0, all.length - maxBytes), all.length);
        });
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        line.call(SimCall.FORGET, draws -> {
            world.ledger().change(() -> host.find(SimKind.CONSOLE, vm)
                    .map(log -> List.of(SimChange.remove(SimKind.CONSOLE, host.name(), vm)))
                    .orElse(List.of()));
            return null;
        });
    }

    @Override
    public boolean alive() {
        return !line.isClosed() && !world.faults(host.name()).down();
    }

    @Override
    public void close() {
        host.unlisten(this);
        line.close();
    }

    private Void change(UUID vm, Act act) throws DriverException {
        world.ledger().change(act);
        world.watch(host, vm);
        world.tell(host);
        return null;
    }

    private void defer(SimCall call, UUID vm, long delayMillis, List<SimStart> start) throws DriverException {
        long atMillis = world.now() + delayMillis;
        world.defer(host, new SimLate(call, vm, endpoint.cloud(), atMillis, uri.capacity(), start));
    }
}
