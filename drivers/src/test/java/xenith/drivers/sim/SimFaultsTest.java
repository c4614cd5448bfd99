package xenith.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.drivers.sim.SimHarness.assertFailure;
import static xenith.drivers.sim.SimHarness.await;
import static xenith.drivers.sim.SimHarness.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** Each fault does what it says, and no more. */
class SimFaultsTest {
    private static final Set<SimCall> START = EnumSet.of(SimCall.START);
    private static final Set<SimCall> MIGRATE = EnumSet.of(SimCall.MIGRATE);

    @TempDir
    Path directory;

    private SimHarness sim;
    private Hypervisor host;

    @BeforeEach
    void open() throws IOException, DriverException {
        sim = new SimHarness(directory, SimSettings.QUICK);
        host = sim.connect(1);
    }

    @AfterEach
    void close() {
        sim.close();
    }

    @Test
    void aFailedStartHasNoEffectAndMayBeTriedAgain() throws DriverException {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults(SimFaults.NONE.withFails(1).on(START));

        assertFailure(Failure.FAILED, () -> host.start(spec));
        assertThat(host.domains()).isEmpty();
        sim.world.clearFaults();
        host.start(spec);

        assertThat(host.domains()).hasSize(1);
    }

    @Test
    void aLostAnswerLeavesTheEffectAndARepeatFindsIt() throws DriverException {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults("host-1", SimFaults.NONE.withLosesAnswers(1).on(START));

        assertFailure(Failure.UNKNOWN, () -> host.start(spec));
        assertFailure(Failure.UNKNOWN, () -> host.start(spec));

        assertThat(host.domain(spec.uuid())).isPresent();
        assertThat(sim.tally(spec.uuid()).starts()).isEqualTo(1);
    }

    @Test
    void aReadsAnswerIsNotUnknown() throws DriverException {
        sim.world.setFaults(SimFaults.NONE.withLosesAnswers(1));

        assertThat(host.domains()).isEmpty();
    }

    @Test
    void aLateStartComesAfterADestroyThatFoundNothing() throws Exception {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults(SimFaults.NONE.withLate(1, 2_000).on(START));

        assertFailure(Failure.UNKNOWN, () -> host.start(spec));
        host.destroy(spec.uuid());
        assertThat(host.domain(spec.uuid())).isEmpty();

        await(() -> host.domain(spec.uuid()).isPresent());
        assertThat(sim.tally(spec.uuid()).starts()).isEqualTo(1);
    }

    @Test
    void aLateStartComesEvenWhenTheProcessWasKilled() throws Exception {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults(SimFaults.NONE.withLate(1, 60_000).on(START));
        assertFailure(Failure.UNKNOWN, () -> host.start(spec));
        sim.world.setFaults(SimFaults.NONE.withLate(1, 100).on(START));
        DomainSpec soon = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        assertFailure(Failure.UNKNOWN, () -> host.start(soon));

        try (SimHarness after = sim.asAfterKill(directory.resolve("after"))) {
            await(() -> after.connect(1).domain(soon.uuid()).isPresent());
            assertThat(after.connect(1).domain(spec.uuid())).isEmpty();
        }
    }

    @Test
    void aHungCallWaitsUntilTheHostIsReleased() throws Exception {
        sim.world.setFaults("host-1", SimFaults.NONE.withHung(true));
        CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> count(host));
        try (Hypervisor other = sim.connect(2)) {
            assertThat(other.domains()).isEmpty();
        }
        assertThat(call).isNotDone();

        sim.world.clearFaults();

        assertThat(call.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aHungChangeIsUnknownOnceItsConnectionIsClosed() throws Exception {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults("host-1", SimFaults.NONE.withHung(true).on(START));
        CompletableFuture<Failure> call = CompletableFuture.supplyAsync(() -> failure(() -> host.start(spec)));

        host.close();

        // The call may not have been on its way yet, and then nothing was sent.
        assertThat(call.get(20, TimeUnit.SECONDS)).isIn(Failure.UNKNOWN, Failure.UNREACHABLE);
        assertThat(sim.connect(1).domain(spec.uuid())).isEmpty();
    }

    @Test
    void interruptionEndsAHungCallAndHarmsNoOther() throws Exception {
        DomainSpec spec = sim.bootable(SimHarness.host(1), UUID.randomUUID(), 7);
        sim.world.setFaults("host-1", SimFaults.NONE.withHung(true).on(START));
        CompletableFuture<Failure> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(failure(() -> host.start(spec))));
        caller.start();
        caller.interrupt();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isEqualTo(Failure.UNKNOWN);
        sim.world.clearFaults();
        Thread.currentThread().interrupt();
        host.start(spec);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.domain(spec.uuid())).isPresent();
    }

    @Test
    void aHostThatIsDownIsUnreachableAndItsGuestsRunOn() throws DriverException {
        UUID vm = sim.start(host, 1);
        sim.world.setFaults("host-1", SimFaults.NONE.withDown(true));

        assertThat(host.alive()).isFalse();
        assertFailure(Failure.UNREACHABLE, host::report);
        assertFailure(Failure.UNREACHABLE, () -> sim.connect(1));
        assertFailure(Failure.UNREACHABLE, () -> sim.drivers().images().present(SimHarness.host(1)));
        sim.world.clearFaults();

        assertThat(host.domain(vm)).isPresent();
    }

    @Test
    void aPowerCycleEndsEveryGuestOfTheHostAlone() throws DriverException {
        UUID lost = sim.start(host, 1);
        Hypervisor other = sim.connect(2);
        UUID kept = sim.start(other, 2);

        sim.world.powerCycle("host-1");

        assertThat(host.domain(lost)).isEmpty();
        assertThat(other.domain(kept)).isPresent();
    }

    @Test
    void aGuestThatIgnoresShutdownRunsOnUntilItIsDestroyed() throws DriverException {
        UUID vm = sim.start(host, 1);
        sim.world.setFaults(SimFaults.NONE.withGuestsIgnoreShutdown(true));

        host.requestShutdown(vm);

        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
        host.destroy(vm);
        assertThat(host.domain(vm)).isEmpty();
    }

    @Test
    void aGuestOnItsWayOutShowsItAndItsEndIsHeard() throws Exception {
        sim.close();
        SimSettings slow = new SimSettings(SimLatency.NONE, 0, 2_000, 0, 1 << 20, SimFaults.NONE);
        sim = new SimHarness(directory, slow);
        AtomicInteger heard = new AtomicInteger();
        host = sim.drivers().hypervisor().connect(SimHarness.host(1), heard::incrementAndGet);
        UUID vm = sim.start(host, 1);

        host.requestShutdown(vm);
        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.SHUTTING_DOWN);
        await(() -> host.domain(vm).isEmpty());

        // The start, the request and the end.
        await(() -> heard.get() >= 3);
        assertThat(console(host, vm)).endsWith("reboot: Power down\n");
    }

    @Test
    void aGuestThatCrashesIsThereUntilItIsDestroyed() throws Exception {
        sim.world.setFaults(SimFaults.NONE.withGuestsCrash(1));
        UUID vm = sim.start(host, 1);

        await(() -> host.domain(vm).orElseThrow().state() == DomainState.CRASHED);

        assertThat(console(host, vm)).contains("Kernel panic");
        host.destroy(vm);
        assertThat(host.domain(vm)).isEmpty();
    }

    @Test
    void aMachineThatIsActiveOnTwoHostsIsFound() throws DriverException {
        UUID vm = sim.start(host, 1);
        Hypervisor other = sim.connect(2);
        assertThat(sim.world.audit().ranTwice()).isEmpty();

        other.start(sim.bootable(SimHarness.host(2), vm, 8));

        assertThat(sim.world.audit().ranTwice()).containsExactly(vm);
    }

    @Test
    void aHostWithoutMemoryStartsNothing() throws DriverException {
        Hypervisor small = sim.drivers()
                .hypervisor()
                .connect(
                        new HostEndpoint(
                                SimHarness.host(3).host(),
                                "h3",
                                "sim://host-3?memoryMib=100",
                                Optional.empty(),
                                SimHarness.CLOUD),
                        () -> {});
        sim.start(small, 3);

        assertFailure(Failure.FAILED, () -> sim.start(small, 3));
        assertThat(small.report().free().memoryMib()).isEqualTo(36);
    }

    @Test
    void chancesThatAreNoneAreRefusedByName() {
        assertThatThrownBy(() -> SimFaults.NONE.withFails(1.5)).hasMessage("fails 1.5 is not 0 to 1");
        assertThatThrownBy(() -> SimFaults.NONE.withLate(0.5, -1)).hasMessage("lateMillis -1 is below 0");
    }

    @Test
    void aMoveWhoseAnswerIsLostHasHappenedAndARepeatFindsIt() throws DriverException {
        UUID vm = sim.start(host, 1);
        Hypervisor other = sim.connect(2);
        sim.world.setFaults("host-1", SimFaults.NONE.withLosesAnswers(1).on(MIGRATE));

        assertFailure(Failure.UNKNOWN, () -> host.migrate(vm, SimHarness.host(2), true));
        assertThat(host.domain(vm)).isEmpty();
        assertThat(other.domain(vm)).isPresent();
        sim.world.clearFaults();
        host.migrate(vm, SimHarness.host(2), true);

        assertThat(sim.world.audit().ranTwice()).isEmpty();
        assertThat(sim.tally(vm).host()).isEqualTo("host-2");
    }

    @Test
    void aMoveToAHostThatIsDownFailsAndTheGuestRunsOn() throws DriverException {
        UUID vm = sim.start(host, 1);
        sim.world.setFaults("host-2", SimFaults.NONE.withDown(true));

        assertFailure(Failure.FAILED, () -> host.migrate(vm, SimHarness.host(2), true));

        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void aMoveWhoseTargetDiesOnTheWayFailsAndTheGuestRunsOn() throws Exception {
        UUID vm = sim.start(host, 1);
        sim.world.setFaults("host-2", SimFaults.NONE.withHung(true).on(MIGRATE));
        CompletableFuture<Failure> move =
                CompletableFuture.supplyAsync(() -> failure(() -> host.migrate(vm, SimHarness.host(2), true)));

        sim.world.powerCycle("host-2");
        sim.world.setFaults("host-2", SimFaults.NONE.withDown(true));

        assertThat(move.get(20, TimeUnit.SECONDS)).isEqualTo(Failure.FAILED);
        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
        assertThat(sim.world.audit().ranTwice()).isEmpty();
    }

    @Test
    void aMoveToAHungHostIsUnknownOnceTheConnectionIsClosed() throws Exception {
        UUID vm = sim.start(host, 1);
        sim.world.setFaults("host-2", SimFaults.NONE.withHung(true).on(MIGRATE));
        CompletableFuture<Failure> move =
                CompletableFuture.supplyAsync(() -> failure(() -> host.migrate(vm, SimHarness.host(2), true)));

        host.close();

        assertThat(move.get(20, TimeUnit.SECONDS)).isIn(Failure.UNKNOWN, Failure.UNREACHABLE);
        assertThat(sim.connect(1).domain(vm)).isPresent();
        assertThat(sim.connect(2).domain(vm)).isEmpty();
    }

    @Test
    void aHostWithoutRoomTakesNoMachineThatMoves() throws DriverException {
        UUID vm = sim.start(host, 1);
        HostEndpoint small = new HostEndpoint(
                SimHarness.host(3).host(), "h3", "sim://host-3?memoryMib=63", Optional.empty(), SimHarness.CLOUD);

        assertThatThrownBy(() -> host.migrate(vm, small, true)).hasMessageContaining("63 MiB of memory free, not 64");

        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void savedMemoryGoesOnAtTheHostThatAdoptsIt() throws DriverException {
        UUID vm = sim.start(host, 1);
        host.save(vm, sim.drivers().images().memoryFile(SimHarness.host(1), vm));

        sim.drivers().images().adopt(SimHarness.host(2), vm);
        Hypervisor other = sim.connect(2);
        other.restore(
                sim.bootable(SimHarness.host(2), vm, 8), sim.drivers().images().memoryFile(SimHarness.host(2), vm));

        assertThat(other.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
        assertThat(sim.drivers().images().present(SimHarness.host(1))).isEmpty();
    }

    private static int count(Hypervisor host) {
        try {
            return host.domains().size();
        } catch (DriverException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Failure failure(SimHarness.Call call) {
        try {
            call.run();
        } catch (DriverException e) {
            return e.failure();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("the call did not fail");
    }
}
