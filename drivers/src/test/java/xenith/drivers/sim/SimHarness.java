package xenith.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import xenith.drivers.SimDrivers;
import xenith.engine.model.Contextualization;
import xenith.engine.model.HostId;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** A world in a directory of a test, with what tests do in it. */
final class SimHarness implements AutoCloseable {
    static final UUID CLOUD = UUID.fromString("11111111-2222-3333-4444-555555555555");
    static final String USER_DATA = "nonce-4711 äöü";
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long POLL_NANOS = 2_000_000;

    final Path directory;
    final SimWorld world;
    private final DriverSet drivers;

    SimHarness(Path directory, SimSettings settings) throws IOException {
        this(directory, 1, settings);
    }

    SimHarness(Path directory, long seed, SimSettings settings) throws IOException {
        this.directory = directory;
        this.world = new SimWorld(directory.resolve("world"), seed, settings);
        this.drivers = SimDrivers.set(world, directory.resolve("images"), Set.of());
    }

    DriverSet drivers() {
        return drivers;
    }

    static HostEndpoint host(int number) {
        return new HostEndpoint(new HostId(number), "h" + number, "sim://host-" + number, Optional.empty(), CLOUD);
    }

    Hypervisor connect(int number) throws DriverException {
        return drivers.hypervisor().connect(host(number), () -> {});
    }

    DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        String userData = Base64.getEncoder().encodeToString(USER_DATA.getBytes(StandardCharsets.UTF_8));
        Contextualization context = new Contextualization("i-" + vm, "guest-" + vm, userData, List.of());
        BootPlan plan =
                new BootPlan(vm, Optional.empty(), Optional.empty(), Optional.empty(), "quiet", 10, context, List.of());
        return new DomainSpec(
                vm,
                "d-" + vm,
                host.cloud(),
                42,
                operation,
                1,
                100,
                64,
                Virtualization.PARAVIRTUAL,
                drivers.images().prepare(host, plan),
                List.of(new DomainSpec.Nic("private", "xenith0", "02:00:00:00:00:01")));
    }

    /** Starts a new domain there. */
    UUID start(Hypervisor host, int number) throws DriverException {
        UUID vm = UUID.randomUUID();
        host.start(bootable(host(number), vm, 7));
        return vm;
    }

    SimTally tally(UUID vm) {
        return world.audit().machines().stream()
                .filter(tally -> tally.vm().equals(vm))
                .findFirst()
                .orElseThrow();
    }

    static String console(Hypervisor host, UUID vm) throws DriverException {
        return new String(host.console(vm, 1 << 20), StandardCharsets.UTF_8);
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline).as("waited too long").isNegative();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** A call that may fail. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    static void assertFailure(Failure failure, Call call) {
        Assertions.assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        DriverException.class,
                        e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }

    /** What a kill of this process would leave behind: the files as the system has them now. */
    SimHarness asAfterKill(Path elsewhere) throws IOException {
        Files.createDirectories(elsewhere.resolve("world"));
        Files.copy(
                directory.resolve("world").resolve("journal"),
                elsewhere.resolve("world").resolve("journal"));
        return new SimHarness(elsewhere, world.settings());
    }

    /** Whatever hosts hold. */
    Set<String> leftovers() {
        SimAudit audit = world.audit();
        return Stream.of(audit.domains(), audit.clones(), audit.admitted())
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        world.close();
    }
}
