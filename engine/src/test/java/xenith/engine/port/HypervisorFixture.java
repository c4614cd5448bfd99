package xenith.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DriverException.Failure;

/**
 * What a driver's author provides so that {@link HypervisorDriverContract} can be run against a host. One connection of
 * our cloud is open during each test, and one of another cloud; what a test starts is taken away after it.
 */
public abstract class HypervisorFixture {
    /** What not every hypervisor can do. Where one is missing, the call must be refused by name. */
    public enum Ability {
        PAUSE("pause"),
        SAVE("save"),
        SHUTDOWN("shutdown"),
        REBOOT("reboot"),
        MIGRATE("migrat"),
        /** Gives memory back while it runs. */
        RESIZE("resize"),
        /** Takes disks and cards while it runs. */
        HOTPLUG("attach"),
        /** Writes consoles' logs; without it the console is empty. */
        CONSOLE("console"),
        /** Looks whether the files of a domain are there before it starts. */
        FILES("file");

        private final String word;

        Ability(String word) {
            this.word = word;
        }
    }

    private final Map<UUID, Hypervisor> started = new LinkedHashMap<>();
    protected final AtomicInteger heard = new AtomicInteger();
    private boolean targetUsed;
    protected HostEndpoint ours;
    protected HostEndpoint theirs;
    protected Hypervisor host;
    protected Hypervisor foreigner;

    /** The driver under test. */
    protected abstract HypervisorDriver driver();

    /** The host under test, as a cloud of that UUID reaches it. Called twice for each test. */
    protected abstract HostEndpoint endpoint(UUID cloud) throws Exception;

    /**
     * A domain that boots on the host; its files are made. Its name must be unique, and its metadata as the endpoint's
     * cloud, {@code vm} 42, and the operation.
     */
    protected abstract DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws Exception;

    /** The same domain with a file that is not there; only called with {@link Ability#FILES}. */
    protected abstract DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) throws Exception;

    /** Where that machine's memory may be saved; only called with {@link Ability#SAVE}. */
    protected abstract String memoryFile(HostEndpoint host, UUID vm) throws Exception;

    /** Removes what {@link #bootable} and {@link #memoryFile} made. */
    protected abstract void discard(HostEndpoint host, UUID vm) throws Exception;

    protected abstract Set<Ability> abilities();

    /** Another host to migrate to; only called with {@link Ability#MIGRATE}. */
    protected HostEndpoint migrationTarget() throws Exception {
        throw new UnsupportedOperationException("a driver that migrates names a target");
    }

    /** A small disk whose file is there and goes with {@link #discard}; only called with {@link Ability#HOTPLUG}. */
    protected Disk spareDisk(HostEndpoint host, UUID vm) throws Exception {
        throw new UnsupportedOperationException("a driver that plugs disks in has one");
    }

    /** A card on a network that the host has; only called with {@link Ability#HOTPLUG}. */
    protected Nic spareCard(HostEndpoint host) throws Exception {
        throw new UnsupportedOperationException("a driver that plugs cards in has a network");
    }

    /** What a guest of {@link #bootable} prints once it runs; only called with {@link Ability#CONSOLE}. */
    protected String consoleWords(UUID vm) {
        throw new UnsupportedOperationException("a driver with consoles names its guests' words");
    }

    /** What the suite left on the host beyond domains, as files; must be empty after each test. */
    protected Set<String> leftovers() throws Exception {
        return Set.of();
    }

    /** How long a guest may take to boot, or to shut down. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** How often a host is asked while a test waits; a slow one has better things to do. */
    protected Duration pollInterval() {
        return Duration.ofMillis(5);
    }

    /** Makes the driver ready; called before anything else of a test. */
    protected void openDriver() throws Exception {}

    /** Called after everything else of a test. */
    protected void closeDriver() throws Exception {}

    @BeforeEach
    final void connectBoth() throws Exception {
        openDriver();
        ours = endpoint(UUID.randomUUID());
        theirs = endpoint(UUID.randomUUID());
        host = driver().connect(ours, heard::incrementAndGet);
        foreigner = driver().connect(theirs, () -> {});
    }

    @AfterEach
    final void nothingOfTheSuiteIsLeft() throws Exception {
        try {
            for (Map.Entry<UUID, Hypervisor> entry : started.entrySet()) {
                if (entry.getValue() == host && targetUsed) {
                    takeFromTarget(entry.getKey());
                }
                entry.getValue().destroy(entry.getKey());
                entry.getValue().forget(entry.getKey());
                discard(entry.getValue() == host ? ours : theirs, entry.getKey());
            }
            assertThat(host.domains()).as("domains after the test").noneMatch(this::isOfTheSuite);
            assertThat(leftovers()).isEmpty();
        } finally {
            host.close();
            foreigner.close();
            closeDriver();
        }
    }

    /** {@link #migrationTarget()}, which is then cleaned up as well after the test. */
    protected final HostEndpoint target() throws Exception {
        targetUsed = true;
        return migrationTarget();
    }

    private void takeFromTarget(UUID vm) throws Exception {
        try (Hypervisor target = driver().connect(migrationTarget(), () -> {})) {
            target.destroy(vm);
            target.forget(vm);
            assertThat(target.domains()).as("domains after the test").noneMatch(this::isOfTheSuite);
        }
    }

    private boolean isOfTheSuite(DomainReport domain) {
        return domain.belongsTo(ours.cloud()) || domain.belongsTo(theirs.cloud());
    }

    /** A domain of ours that is not started yet, and is taken away after the test. */
    protected final DomainSpec ourSpec(long operation) throws Exception {
        UUID vm = UUID.randomUUID();
        started.put(vm, host);
        return bootable(ours, vm, operation);
    }

    protected final UUID startOurs() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        return spec.uuid();
    }

    /** A domain of another cloud on the same host. */
    protected final UUID startTheirs() throws Exception {
        UUID vm = UUID.randomUUID();
        started.put(vm, foreigner);
        foreigner.start(bootable(theirs, vm, 3));
        return vm;
    }

    /** A domain that shall not come to be. */
    protected final DomainSpec ourUnbootable() throws Exception {
        UUID vm = UUID.randomUUID();
        started.put(vm, host);
        return unbootable(ours, vm, 7);
    }

    protected final boolean can(Ability ability) {
        return abilities().contains(ability);
    }

    protected final DomainState state(UUID vm) throws DriverException {
        return host.domain(vm).orElseThrow().state();
    }

    protected final Optional<DomainReport> listed(UUID vm) throws DriverException {
        List<DomainReport> all = host.domains();
        return all.stream().filter(domain -> domain.uuid().equals(vm)).findFirst();
    }

    /** A call that may fail. */
    @FunctionalInterface
    protected interface Call {
        void run() throws Exception;
    }

    protected static void assertFailure(Failure failure, Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.failure())
                .as(e.getMessage())
                .isEqualTo(failure));
    }

    protected static void assertRefused(Ability missing, Call call) {
        assertFailure(Failure.REFUSED, call);
        assertThatThrownBy(call::run).hasMessageContaining(missing.word);
    }

    protected final void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + patience().toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited too long until " + what)
                    .isNegative();
            LockSupport.parkNanos(pollInterval().toNanos());
        }
    }
}
