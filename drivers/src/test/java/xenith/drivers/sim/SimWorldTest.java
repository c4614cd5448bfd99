package xenith.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.drivers.sim.SimHarness.assertFailure;
import static xenith.drivers.sim.SimHarness.await;
import static xenith.drivers.sim.SimHarness.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.Hypervisor;

/** What hosts hold outlives the process, repeats with the seed, and is cheap. */
class SimWorldTest {
    private static final VirtualNetwork NETWORK = new VirtualNetwork(
            new NetworkId(1),
            "private",
            "xenith0",
            Subnet.parse("10.0.0.0/24"),
            Ipv4.parse("10.0.0.10"),
            Ipv4.parse("10.0.0.99"),
            Ipv4.parse("10.0.0.1"));
    private static final AddressLease LEASE =
            new AddressLease(new NetworkId(1), Ipv4.parse("10.0.0.10"), "02:00:00:00:00:01", new VmId(1));

    @TempDir
    Path directory;

    @Test
    void everythingIsThereAfterTheProcessWasKilled() throws Exception {
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            Hypervisor host = sim.connect(1);
            sim.drivers().networks().admit(SimHarness.host(1), NETWORK, LEASE);
            UUID vm = sim.start(host, 1);
            host.reboot(vm);
            UUID saved = sim.start(host, 1);
            String file = sim.drivers().images().memoryFile(SimHarness.host(1), saved);
            host.save(saved, file);

            try (SimHarness after = sim.asAfterKill(directory.resolve("after"))) {
                assertThat(after.world.audit()).isEqualTo(sim.world.audit());
                assertThat(console(after.connect(1), vm)).isEqualTo(console(host, vm));
                assertThat(after.drivers().images().present(SimHarness.host(1))).contains(vm, saved);
                after.connect(1).save(saved, file);
            }
        }
    }

    @Test
    void aLineThatWasCutByTheKillIsForgotten() throws Exception {
        UUID vm;
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            vm = sim.start(sim.connect(1), 1);
        }
        append("[[\"domain\",\"host-1\",\"x\",{\"sta");

        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            assertThat(sim.connect(1).domains()).extracting("uuid").containsExactly(vm);
            sim.start(sim.connect(1), 1);
        }
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            assertThat(sim.connect(1).domains()).hasSize(2);
        }
    }

    @Test
    void aDamagedJournalIsNotTakenForAnEmptyWorld() throws IOException {
        new SimHarness(directory, SimSettings.QUICK).close();
        append("nonsense\n[]\n");

        assertThatThrownBy(() -> new SimHarness(directory, SimSettings.QUICK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> new SimHarness(directory, SimSettings.QUICK)).hasMessageContaining("damaged");
    }

    @Test
    void aWorldIsOpenOnce() throws IOException {
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            assertThatThrownBy(() -> new SimHarness(sim.directory, SimSettings.QUICK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        new SimHarness(directory, SimSettings.QUICK).close();
    }

    @Test
    void aClosedWorldIsUnreachable() throws Exception {
        SimHarness sim = new SimHarness(directory, SimSettings.QUICK);
        Hypervisor host = sim.connect(1);

        sim.close();

        assertFailure(Failure.UNREACHABLE, host::domains);
        assertFailure(Failure.UNREACHABLE, () -> sim.connect(1));
    }

    @Test
    void timeGoesOnWhileNobodyLooks() throws Exception {
        SimSettings slow = new SimSettings(SimLatency.NONE, 0, 200, 0, 1 << 20, SimFaults.NONE);
        UUID vm;
        try (SimHarness sim = new SimHarness(directory, slow)) {
            Hypervisor host = sim.connect(1);
            vm = sim.start(host, 1);
            host.requestShutdown(vm);
        }

        try (SimHarness sim = new SimHarness(directory, slow)) {
            await(() -> sim.connect(1).domain(vm).isEmpty());
            assertThat(console(sim.connect(1), vm)).contains("Power down");
        }
    }

    @Test
    void theJournalStaysShortHoweverMuchHappens() throws Exception {
        SimSettings small = new SimSettings(SimLatency.NONE, 0, 0, 0, 4096, SimFaults.NONE);
        UUID kept;
        try (SimHarness sim = new SimHarness(directory, small)) {
            Hypervisor host = sim.connect(1);
            kept = sim.start(host, 1);
            for (int i = 0; i < 200; i++) {
                UUID vm = sim.start(host, 1);
                host.destroy(vm);
                host.forget(vm);
                sim.drivers().images().discard(SimHarness.host(1), vm);
            }
            assertThat(Files.size(journal())).isLessThan(20_000);
        }

        try (SimHarness sim = new SimHarness(directory, small)) {
            assertThat(sim.connect(1).domains()).extracting("uuid").containsExactly(kept);
            assertThat(sim.tally(kept).starts()).isEqualTo(1);
        }
    }

    @Test
    void aGuestSaysWhereItIsAndWhatItWasTold() throws Exception {
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            sim.drivers().networks().admit(SimHarness.host(1), NETWORK, LEASE);
            Hypervisor host = sim.connect(1);

            UUID vm = sim.start(host, 1);
            assertThat(console(host, vm))
                    .contains("hostname: guest-" + vm, "address: 10.0.0.10", "boot number 1", SimHarness.USER_DATA)
                    .contains("Command line: console=ttyS0 quiet");
            host.reboot(vm);

            assertThat(console(host, vm)).contains("reboot: Restarting system", "boot number 2");
            assertThat(sim.tally(vm).reboots()).isEqualTo(1);
        }
    }

    @Test
    void aGuestThatIsSwitchedOffEarlyHasNotSaidItsWords() throws Exception {
        SimSettings slow = new SimSettings(SimLatency.NONE, 3_600_000, 0, 0, 1 << 20, SimFaults.NONE);
        try (SimHarness sim = new SimHarness(directory, slow)) {
            Hypervisor host = sim.connect(1);
            UUID vm = sim.start(host, 1);
            host.destroy(vm);

            assertThat(console(host, vm)).contains("Linux version").doesNotContain(SimHarness.USER_DATA);
        }
    }

    @Test
    void theSameSeedBringsTheSame() throws Exception {
        List<Boolean> first = fortunes("first", 4711);

        assertThat(fortunes("again", 4711)).isEqualTo(first);
        assertThat(fortunes("other", 4712)).isNotEqualTo(first);
        assertThat(first).contains(true, false);
    }

    private List<Boolean> fortunes(String name, long seed) throws Exception {
        SimSettings unlucky = SimSettings.QUICK.withFaults(SimFaults.NONE.withFails(0.5));
        List<Boolean> failed = new ArrayList<>();
        try (SimHarness sim = new SimHarness(directory.resolve(name), seed, unlucky)) {
            for (int i = 0; i < 100; i++) {
                failed.add(fails(() -> sim.connect(1)));
            }
        }
        return failed;
    }

    private static boolean fails(SimHarness.Call call) throws Exception {
        try {
            call.run();
            return false;
        } catch (DriverException e) {
            return true;
        }
    }

    @Test
    void callsTakeTheirTime() throws Exception {
        SimSettings slow = SimSettings.QUICK.withLatency(new SimLatency(30, 40, 0, 0));
        try (SimHarness sim = new SimHarness(directory, slow)) {
            long before = System.nanoTime();

            sim.connect(1);

            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(29_000_000);
        }
    }

    /** Generous limits: what matters is that neither a thread nor a millisecond is spent on each. */
    @Test
    void tenThousandHostsAreCheap() throws Exception {
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            int threadsBefore = Thread.activeCount();
            long before = System.nanoTime();
            for (int i = 1; i <= 10_000; i++) {
                sim.start(sim.connect(i), i);
            }
            long microsPerHost = (System.nanoTime() - before) / 10_000_000;

            assertThat(microsPerHost).isLessThan(1_000);
            assertThat(Thread.activeCount()).isLessThan(threadsBefore + 5);
            assertThat(sim.world.audit().domains()).hasSize(10_000);
        }
        try (SimHarness sim = new SimHarness(directory, SimSettings.QUICK)) {
            assertThat(sim.world.audit().domains()).hasSize(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim:host-1",
                "sim://",
                "sim://host-1/path",
                "sim://host-1?cpu",
                "sim://host-1?cpu=-1",
                "sim://host-1?cpu=x",
                "sim://host-1?colour=1",
                "sim://host-1?cpu=1&",
                "sim://host 1",
                "xen://host-1",
                ""
            })
    void aUriThatNamesNoSimulatedHostIsRefused(String uri) {
        assertFailure(Failure.REFUSED, () -> SimUri.parse(uri));
    }

    @Test
    void aUriSaysWhatItsHostHas() throws DriverException {
        SimUri uri = SimUri.parse("sim://host-9?cpu=800&memoryMib=4096&diskMib=1000");

        assertThat(uri.host()).isEqualTo("host-9");
        assertThat(uri.capacity()).hasToString("cpu 800, memory 4096 MiB, disk 1000 MiB");
        assertThat(SimUri.parse("sim://host-9").capacity().cpu()).isEqualTo(1600);
    }

    private Path journal() {
        return directory.resolve("world").resolve("journal");
    }

    private void append(String text) throws IOException {
        Files.write(journal(), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }
}
