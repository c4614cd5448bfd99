package xenith.drivers.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import xenith.drivers.GuestImages;
import xenith.drivers.LibvirtDrivers;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;

/** All three drivers together on a private libvirtd: guests boot, tell who they are, and leave nothing behind. */
@Tag("qemu")
class LibvirtQemuTest {
    private static final UUID CLOUD = UUID.randomUUID();
    private static final VirtualNetwork NETWORK = new VirtualNetwork(
            new NetworkId(1),
            "default",
            "xbr0",
            Subnet.parse("10.177.0.0/24"),
            Ipv4.parse("10.177.0.2"),
            Ipv4.parse("10.177.0.254"),
            Ipv4.parse("10.177.0.1"));

    private static LocalHypervisor local;
    private static DriverSet drivers;
    private static HostEndpoint endpoint;

    private final UUID vm = UUID.randomUUID();
    private final String nonce = UUID.randomUUID().toString();
    private final Semaphore events = new Semaphore(0);
    private AddressLease lease;
    private Hypervisor host;

    @BeforeAll
    static void startHypervisor() throws Exception {
        local = LocalHypervisor.start();
        drivers = LibvirtDrivers.set(local.images(), local.instances(), local.consoles(), Set.of());
        endpoint = local.endpoint(CLOUD);
    }

    @AfterAll
    static void stopHypervisor() throws Exception {
        local.stop();
    }

    @BeforeEach
    void connect() throws DriverException {
        host = drivers.hypervisor().connect(endpoint, events::release);
        lease = lease(7);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        host.destroy(vm);
        host.forget(vm);
        drivers.images().discard(endpoint, vm);
        drivers.networks().withdraw(endpoint, NETWORK, lease);

        assertThat(host.domains()).isEmpty();
        assertThat(drivers.images().present(endpoint)).isEmpty();
        assertThat(drivers.networks().admitted(endpoint, NETWORK)).isEmpty();
        assertThat(local.consoles()).isEmptyDirectory();
        assertThat(local.instances()).isEmptyDirectory();
        host.close();
    }

    @Test
    void aGuestHasItsAddressAndUserDataAndKeepsItsDisk() throws Exception {
        start(1);
        awaitConsole("user-data: " + nonce.length() + " bytes", nonce, "address: 10.177.0.7", "boot number 1");
        assertThat(host.domains())
                .extracting(DomainReport::uuid, DomainReport::operation, DomainReport::cloud)
                .containsExactly(tuple(vm, 1L, Optional.of(CLOUD)));
        awaitConsole("xenith guest ready");

        host.requestShutdown(vm);
        await("the guest powers off", () -> host.domain(vm).isEmpty());
        start(2);

        awaitConsole("boot number 2");
    }

    @Test
    void aGuestIsPausedSavedRestoredAndRebooted() throws Exception {
        start(1);
        awaitConsole("boot number 1", "xenith guest ready");

        host.pause(vm);
        host.pause(vm);
        assertThat(state()).isEqualTo(DomainState.PAUSED);
        host.unpause(vm);
        assertThat(state()).isEqualTo(DomainState.RUNNING);

        String memory = drivers.images().memoryFile(endpoint, vm);
        host.save(vm, memory);
        assertThat(host.domain(vm)).isEmpty();
        DomainSpec resumed = spec(3, prepare());
        host.restore(resumed, memory);
        host.restore(resumed, memory);
        assertThat(host.domain(vm).orElseThrow().operation()).isEqualTo(3);
        assertThat(Path.of(memory)).doesNotExist();

        host.reboot(vm);
        awaitConsole("boot number 2");
    }

    @Test
    void aGuestOutlivesLibvirtdAndTheLossIsHeard() throws Exception {
        start(1);
        events.drainPermits();

        local.killLibvirtd();

        assertThat(events.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        await("the connection is known to be lost", () -> !host.alive());
        assertThatThrownBy(() -> host.domains())
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
        host.close();
        await("libvirtd is back", this::reconnected);
        assertThat(state()).isEqualTo(DomainState.RUNNING);
        assertThat(drivers.networks().admitted(endpoint, NETWORK)).containsExactly(lease.mac());
        events.drainPermits();
        host.destroy(vm);
        assertThat(events.tryAcquire(20, TimeUnit.SECONDS))
                .as("events flow again")
                .isTrue();
    }

    @Test
    void aGuestThatWasKilledIsToldFromOneThatShutDown() throws Exception {
        start(1);
        awaitConsole("xenith guest ready");

        local.killGuest("xenith-" + vm);
        await("the end is seen", () -> host.domain(vm).isEmpty());
        await("the end is told", () -> host.ends().containsKey(vm));
        assertThat(host.ends()).containsExactly(entry(vm, DomainEnd.KILLED));
        start(2);
        await("it has not ended any more", () -> host.ends().isEmpty());

        awaitConsole("boot number 2");
        host.requestShutdown(vm);
        await("the guest powers off", () -> host.domain(vm).isEmpty());
        assertThat(host.ends()).isEmpty();
    }

    @Test
    void theGuestOfAnotherCloudIsNotTouched() throws Exception {
        start(1);
        HostEndpoint others =
                new HostEndpoint(endpoint.host(), "local", endpoint.uri(), Optional.empty(), UUID.randomUUID());

        try (Hypervisor theirs = drivers.hypervisor().connect(others, () -> {})) {
            assertThat(theirs.domain(vm).orElseThrow().belongsTo(others.cloud()))
                    .isFalse();
            assertThatThrownBy(() -> theirs.destroy(vm)).isInstanceOf(DriverException.class);
            assertThatThrownBy(() -> theirs.start(spec(9, prepare()))).isInstanceOf(DriverException.class);
        }
        assertThat(state()).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void aHostSaysWhatItHas() throws Exception {
        HostReport report = host.report();

        assertThat(report.facts().hypervisor()).isEqualTo("QEMU");
        assertThat(report.facts().arch()).isEqualTo("x86_64");
        assertThat(report.total().memoryMib()).isGreaterThan(512);
        assertThat(report.free().fitsInto(report.total())).isTrue();
        assertThat(report.free().diskMib()).isPositive();
    }

    private boolean reconnected() {
        try {
            host = drivers.hypervisor().connect(endpoint, events::release);
            return true;
        } catch (DriverException e) {
            return false;
        }
    }

    private void start(long operation) throws Exception {
        drivers.networks().ensure(endpoint, NETWORK);
        drivers.networks().ensure(endpoint, NETWORK);
        drivers.networks().admit(endpoint, NETWORK, lease);
        drivers.networks().admit(endpoint, NETWORK, lease);
        DomainSpec spec = spec(operation, prepare());
        host.start(spec);
        host.start(spec);
    }

    private BootFiles prepare() throws DriverException {
        return new GuestImages(drivers.images(), "").prepare(endpoint, vm, nonce, List.of());
    }

    private DomainSpec spec(long operation, BootFiles boot) {
        Nic nic = new Nic(NETWORK.name(), NETWORK.bridge(), lease.mac());
        return GuestImages.domain(endpoint, vm, operation, boot, List.of(nic));
    }

    private static AddressLease lease(int last) {
        String mac = String.format("02:00:0a:b1:00:%02x", last);
        return new AddressLease(new NetworkId(1), Ipv4.parse("10.177.0." + last), mac, new VmId(1));
    }

    private DomainState state() throws DriverException {
        return host.domain(vm).orElseThrow().state();
    }

    private void awaitConsole(String... words) throws Exception {
        for (String word : words) {
            await("the console says '" + word + "'", () -> console().contains(word));
        }
    }

    private String console() throws DriverException {
        return new String(host.console(vm, 1 << 16), StandardCharsets.UTF_8);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks again when the host has told of a change, and every tenth of a second. */
    private void await(String what, Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            assertThat(Instant.now())
                    .as("%s; console: %s", what, host.alive() ? console() : "")
                    .isBefore(end);
            events.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
    }
}
