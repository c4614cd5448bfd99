package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

class EngineTest {
    @TempDir
    Path home;

    private CloudHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home);
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aMachineRunsStopsStartsAndEndsAndLeavesNothingBehind() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        cloud.request(vm, VmEvent.SHUT_DOWN);
        cloud.awaitState(vm, VmState.OFF);
        cloud.request(vm, VmEvent.START);
        cloud.awaitState(vm, VmState.RUNNING);

        cloud.request(vm, VmEvent.END);
        VirtualMachine ended = cloud.awaitState(vm, VmState.ENDED);

        assertThat(ended.reason().code()).isEqualTo(Cause.USER);
        assertNothingIsLeftOn("one");
    }

    @Test
    void ofAHundredHostsOneThatHangsDelaysNoOther() {
        Host hung = cloud.addHost("hung");
        IntStream.range(1, 100).forEach(number -> cloud.addHost("fine-" + number));
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("hung").hangsUntil = release;

        List<VirtualMachine> launched = cloud.launch(200);
        // The host still hangs while all others finish, each in its own time.
        cloud.await(() -> launched.stream()
                .map(vm -> cloud.vm(vm.id()))
                .allMatch(vm -> vm.state() == VmState.RUNNING || vm.host().equals(Optional.of(hung.id()))));
        List<VirtualMachine> running = launched.stream()
                .map(vm -> cloud.vm(vm.id()))
                .filter(vm -> vm.state() == VmState.RUNNING)
                .toList();
        assertThat(running).hasSizeGreaterThanOrEqualTo(198);
        assertThat(running).allSatisfy(vm -> assertThat(
                        Duration.between(vm.createdAt(), vm.startedAt().orElseThrow()))
                .isLessThan(Duration.ofMillis(CloudHarness.QUICK.callTimeoutMillis())));
        assertThat(cloud.host("hung").callsUnderWay.get()).isBetween(1, 2 + 2 + 2);

        release.countDown();
        launched.forEach(vm -> cloud.awaitVm(
                vm.id(), now -> now.work() == Work.NONE && now.host().isPresent()));
    }

    @Test
    void aStartWhoseAnswerWasLostIsNotDoneTwice() {
        cloud.addHost("one");
        cloud.host("one").losesAnswersOfStart = true;

        cloud.awaitState(cloud.launch(1).get(0).id(), VmState.RUNNING);

        assertThat(cloud.host("one").starts).hasValue(1);
    }

    @Test
    void workWhoseBeginCameTrueWithoutItsLanesKnowledgeIsDone() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);

        cloud.store.write(tx -> {
            cloud.machines.request(tx, cloud.operator, vm, VmEvent.PAUSE);
            Operation queued = tx.state().all(Operations.TABLE).iterator().next();
            tx.put(Operations.TABLE, queued.with(OperationStatus.RUNNING, 1, tx.now(), ""));
            return null;
        });

        cloud.awaitState(vm, VmState.PAUSED);
    }

    @Test
    void aRebootWhoseAnswerWasLostIsNotRepeated() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        cloud.host("one").losesAnswersOfReboot = true;

        cloud.request(vm, VmEvent.REBOOT);
        cloud.awaitState(vm, VmState.RUNNING);

        assertThat(cloud.host("one").reboots).hasValue(1);
    }

    @Test
    void anImageThatIsGoneEndsTheMachineWithTheReason() {
        cloud.addHost("one");
        cloud.host("one").imageGone = true;

        VirtualMachine ended = cloud.awaitState(cloud.launch(1).get(0).id(), VmState.ENDED);

        assertThat(ended.reason().code()).isEqualTo(Cause.FAULT);
        assertThat(ended.reason().message()).contains("image file kernel is gone");
        assertNothingIsLeftOn("one");
    }

    @Test
    void aGuestThatIgnoresShutdownIsSwitchedOff() {
        cloud.addHost("one");
        cloud.host("one").guestsIgnoreShutdown = true;
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);

        cloud.request(vm, VmEvent.SHUT_DOWN);

        cloud.awaitState(vm, VmState.OFF);
        assertThat(cloud.host("one").domains).isEmpty();
    }

    @Test
    void aGuestThatShutsItselfDownIsSeenOff() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);

        cloud.host("one").domains.remove(running.uuid());
        cloud.host("one").changed();

        assertThat(cloud.awaitState(vm, VmState.OFF).reason().code()).isEqualTo(Cause.GUEST);
    }

    @Test
    void aGuestThatCrashesEndsWithTheReason() throws Exception {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);

        cloud.host("one").set(running.uuid(), DomainState.CRASHED);

        assertThat(cloud.awaitState(vm, VmState.ENDED).reason().message()).contains("crashed");
    }

    @Test
    void aGuestThatWasKilledIsOffAndSaysSoAndIsKept() throws Exception {
        cloud.addHost("one");
        VmId vm = cloud.launchOneThatEndsOnShutdown().id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);

        cloud.host("one").ends.put(running.uuid(), DomainEnd.KILLED);
        cloud.host("one").destroy(running.uuid());

        StateReason reason = cloud.awaitState(vm, VmState.OFF).reason();
        assertThat(reason.code()).isEqualTo(Cause.FAULT);
        assertThat(reason.message()).contains("ended on its host");
    }

    @Test
    void aGuestThatShutsDownEndsWhereItShall() throws Exception {
        cloud.addHost("one");
        VmId vm = cloud.launchOneThatEndsOnShutdown().id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);

        cloud.host("one").destroy(running.uuid());

        assertThat(cloud.awaitState(vm, VmState.ENDED).reason().code()).isEqualTo(Cause.GUEST);
    }

    @Test
    void aGuestThatIsGoneAfterItsGatewayWasDownIsOffAndKept() throws Exception {
        cloud.addHost("one");
        VmId vm = cloud.launchOneThatEndsOnShutdown().id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);
        cloud.stopEngine();
        cloud.host("one").destroy(running.uuid());

        cloud.restart();

        cloud.awaitState(vm, VmState.OFF);
        assertThat(cloud.host("one").clones).contains(running.uuid());
    }

    @Test
    void aDomainThatComesToLifeAfterItsMachineHasEndedIsDestroyed() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);
        DomainReport domain = cloud.host("one").domains.get(running.uuid());
        cloud.request(vm, VmEvent.END);
        cloud.awaitState(vm, VmState.ENDED);

        cloud.host("one").domains.put(domain.uuid(), domain);

        cloud.await(() -> cloud.host("one").domains.isEmpty());
    }

    @Test
    void anotherCloudsDomainIsLeftAlone() {
        cloud.addHost("one");
        UUID foreign = UUID.randomUUID();
        cloud.host("one")
                .domains
                .put(
                        foreign,
                        new DomainReport(foreign, "foreign", DomainState.RUNNING, Optional.of(UUID.randomUUID()), 1));
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        cloud.request(vm, VmEvent.END);
        cloud.awaitState(vm, VmState.ENDED);

        assertThat(cloud.host("one").domains).containsOnlyKeys(foreign);
    }

    @Test
    void anUnreachableHostIsInErrorUntilItAnswersAgain() {
        Host host = cloud.addHost("one");
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostState(host) == HostState.ERROR);

        cloud.host("one").unreachable = false;

        cloud.await(() -> hostState(host) == HostState.ON);
    }

    @Test
    void aNewMachineWhoseHostIsAwayIsStartedWhenItIsBack() {
        cloud.addHost("one");
        cloud.host("one").isAwayForStarts = true;
        VmId vm = cloud.launch(1).get(0).id();
        cloud.await(() -> cloud.store.state().all(Operations.TABLE).stream().anyMatch(one -> one.attempt() > 4));

        cloud.host("one").isAwayForStarts = false;

        cloud.awaitState(vm, VmState.RUNNING);
    }

    @Test
    void whatWasInADriversHandsAtACrashIsSettledAfterTheRestart() {
        cloud.addHost("one");
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").hangsUntil = release;
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitVm(vm, now -> now.work() == Work.START);

        cloud.restart();
        release.countDown();

        cloud.awaitState(vm, VmState.RUNNING);
        assertThat(cloud.host("one").starts).hasValue(1);
    }

    @Test
    void moreThanFitsIsRefusedWithNothingStoredAndMaxCountIsTrimmed() {
        cloud.addHost("one");
        Capacity half = new Capacity(400, 1024, 1000);

        assertThatThrownBy(() -> cloud.launch(3, 3, half))
                .isInstanceOfSatisfying(EngineException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.NO_CAPACITY));
        assertThat(cloud.store.state().all(Vms.TABLE)).isEmpty();
        assertThat(cloud.store.state().all(Leases.TABLE)).isEmpty();

        assertThat(cloud.launch(1, 5, half)).hasSize(2);
    }

    @Test
    void endingAMachineWhileItStartsLeavesNothing() {
        cloud.addHost("one");
        List<VirtualMachine> launched = cloud.launch(5);
        launched.forEach(vm -> cloud.request(vm.id(), VmEvent.END));

        launched.forEach(vm -> cloud.awaitState(vm.id(), VmState.ENDED));

        assertNothingIsLeftOn("one");
    }

    @Test
    void aRequestThatTheStateDoesNotAllowIsRefusedAndNamesWhatItAllows() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);

        assertThatThrownBy(() -> cloud.request(vm, VmEvent.START))
                .hasMessageContaining("RUNNING")
                .hasMessageContaining("SHUT_DOWN");
    }

    private HostState hostState(Host host) {
        return cloud.store.state().find(Hosts.TABLE, host.id()).orElseThrow().state();
    }

    private void assertNothingIsLeftOn(String host) {
        assertThat(cloud.host(host).domains).isEmpty();
        assertThat(cloud.host(host).clones).isEmpty();
        assertThat(cloud.host(host).admitted).isEmpty();
        assertThat(cloud.store.state().all(Leases.TABLE)).isEmpty();
        assertThat(cloud.store.state().all(Operations.TABLE)).isEmpty();
    }
}
