package xenith.drivers.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import xenith.drivers.GuestImages;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan.Card;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;

/** All three drivers together on two Xen hosts. */
@Tag("xen")
class LibvirtXenTest {
    private static final String BRIDGE = "xenbr0";
    private static final String MAC = "02:00:0a:4d:00:c8";
    private static final Subnet SUBNET = Subnet.parse("10.77.0.0/24");
    private static final Card CARD = new Card(MAC, Ipv4.parse("10.77.0.200"), SUBNET, Ipv4.parse("10.77.0.1"));
    private static final VirtualNetwork NETWORK = new VirtualNetwork(
            new NetworkId(1),
            "lab",
            BRIDGE,
            SUBNET,
            Ipv4.parse("10.77.0.100"),
            Ipv4.parse("10.77.0.200"),
            Ipv4.parse("10.77.0.1"));
    private static final Pattern BEAT = Pattern.compile("beat ([0-9]+) at ([0-9]+\\.[0-9]+)");
    /** Counts for as long as the guest is there, and tells the guest's own time. */
    private static final String COUNTING = """
            #!/bin/sh
            (n=0; while :; do n=$((n + 1)); read -r up rest </proc/uptime; echo "beat $n at $up"; usleep 200000; done) &
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static XenLab lab;
    private static DriverSet drivers;

    private final UUID cloud = UUID.randomUUID();
    private final UUID vm = UUID.randomUUID();
    private final Semaphore events = new Semaphore(0);
    private HostEndpoint one;
    private HostEndpoint two;
    private Hypervisor host;
    private Hypervisor other;

    @BeforeAll
    static void open() throws IOException {
        lab = XenLab.open();
        drivers = lab.drivers();
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void connect() throws DriverException {
        one = lab.endpoint(1, cloud);
        two = lab.endpoint(2, cloud);
        host = drivers.hypervisor().connect(one, events::release);
        other = drivers.hypervisor().connect(two, events::release);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        for (Hypervisor each : List.of(host, other)) {
            each.destroy(vm);
            each.forget(vm);
        }
        drivers.images().discard(one, vm);
        drivers.images().discard(two, vm);
        for (Hypervisor each : List.of(host, other)) {
            assertThat(each.domains()).noneMatch(domain -> domain.belongsTo(cloud));
            each.close();
        }
        assertThat(drivers.images().present(one)).isEmpty();
        assertThat(drivers.images().present(two)).isEmpty();
        assertThat(lab.consoles()).isEmptyDirectory();
    }

    @Test
    void aGuestLearnsItsAddressFromItsSeedAndKeepsItsDiskWhenItReboots() throws Exception {
        drivers.networks().ensure(one, NETWORK);
        assertThat(drivers.networks().servesDhcp(one)).isFalse();
        start("some words");
        awaitConsole(host, "address: 10.77.0.200", "user-data: 10 bytes", "boot number 1", "xenith guest ready");
        DomainUsage usage = host.usages().get(0);
        assertThat(usage.vm()).isEqualTo(vm);
        assertThat(usage.cpuNanos()).isPositive();
        assertThat(usage.diskReadBytes()).isPositive();
        assertThat(usage.diskWrittenBytes()).isPositive();
        assertThat(usage.networkSentBytes()).isPositive();

        host.reboot(vm);
        await("the guest is on its way out", () -> state(host) == DomainState.SHUTTING_DOWN);
        awaitConsole(host, "boot number 2");
        assertThat(state(host)).isEqualTo(DomainState.RUNNING);

        host.requestShutdown(vm);
        await("the guest is gone", () -> host.domain(vm).isEmpty());
    }

    @Test
    void aGuestCountsOnAcrossALiveMigrationAndBack() throws Exception {
        start(COUNTING);
        awaitConsole(host, "beat 10 ");

        Instant begin = Instant.now();
        host.migrate(vm, two, true);
        Duration there = Duration.between(begin, Instant.now());
        assertThat(host.domain(vm)).isEmpty();
        drivers.images().adopt(two, vm);
        host.leave(vm);
        int beat = lastBeat(other);
        await("the guest counts on", () -> lastBeat(other) > beat + 5);
        other.migrate(vm, one, true);
        other.leave(vm);
        drivers.images().adopt(one, vm);
        int back = lastBeat(host);
        await("the guest counts on", () -> lastBeat(host) > back + 5);

        List<double[]> beats = beats(host);
        double pause = 0;
        for (int i = 1; i < beats.size(); i++) {
            assertThat(beats.get(i)[0]).isEqualTo(beats.get(i - 1)[0] + 1);
            pause = Math.max(pause, beats.get(i)[1] - beats.get(i - 1)[1]);
        }
        System.out.printf("live migration: %d ms, longest pause %.2f s%n", there.toMillis(), pause);
    }

    @Test
    void aTargetWithoutRoomIsRefusedAndTheGuestRunsOn() throws Exception {
        HostReport before = other.report();
        assertThat(before.free().fitsInto(before.total())).isTrue();
        UUID filler = UUID.randomUUID();
        // More than the host offers, and less than it has: what is left is too little for another guest.
        long mib = before.free().memoryMib() + 16;
        start("");
        try {
            other.start(sized(two, filler, mib));
            assertThat(other.report().free().memoryMib()).isLessThan(GuestImages.MEMORY_MIB);
            assertThat(other.report().total().memoryMib())
                    .isBetween(before.total().memoryMib() - 16, before.total().memoryMib());

            assertThatThrownBy(() -> host.migrate(vm, two, true))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FAILED))
                    .hasMessageContaining("MiB of memory free, not " + GuestImages.MEMORY_MIB);

            assertThat(state(host)).isEqualTo(DomainState.RUNNING);
            assertThat(other.domain(vm)).isEmpty();
        } finally {
            other.destroy(filler);
            other.forget(filler);
            drivers.images().discard(two, filler);
        }
    }

    private void start(String userData) throws DriverException {
        BootFiles files = new GuestImages(drivers.images(), "mini/").prepare(one, vm, userData, List.of(CARD));
        host.start(GuestImages.domain(one, vm, 1, files, List.of(new Nic(NETWORK.name(), BRIDGE, MAC))));
    }

    private static DomainSpec sized(HostEndpoint endpoint, UUID vm, long memoryMib) throws DriverException {
        BootFiles files = new GuestImages(drivers.images(), "mini/").prepare(endpoint, vm, "", List.of());
        DomainSpec small = GuestImages.domain(endpoint, vm, 1, files, List.of());
        return GuestImages.changed(small, memoryMib, Virtualization.PARAVIRTUAL);
    }

    private DomainState state(Hypervisor at) throws DriverException {
        return at.domain(vm).orElseThrow().state();
    }

    private List<double[]> beats(Hypervisor at) throws DriverException {
        List<double[]> beats = new ArrayList<>();
        for (Matcher beat = BEAT.matcher(console(at)); beat.find(); ) {
            beats.add(new double[] {Double.parseDouble(beat.group(1)), Double.parseDouble(beat.group(2))});
        }
        return beats;
    }

    private int lastBeat(Hypervisor at) throws DriverException {
        List<double[]> beats = beats(at);
        return beats.isEmpty() ? 0 : (int) beats.get(beats.size() - 1)[0];
    }

    private String console(Hypervisor at) throws DriverException {
        return new String(at.console(vm, 1 << 20), StandardCharsets.UTF_8);
    }

    private void awaitConsole(Hypervisor at, String... words) throws Exception {
        for (String word : words) {
            await("the console says '" + word + "'", () -> console(at).contains(word));
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks again when a host has told of a change, and every quarter of a second. */
    private void await(String what, Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now())
                    .as("%s; consoles: %s %s", what, console(host), console(other))
                    .isBefore(end);
            events.tryAcquire(250, TimeUnit.MILLISECONDS);
        }
    }
}
