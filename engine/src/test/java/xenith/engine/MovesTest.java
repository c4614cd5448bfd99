package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.FakeHosts.MoveFault;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.Ipv4;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.service.HostRegistry;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** Machines between two hosts. */
class MovesTest {
    @TempDir
    Path home;

    private CloudHarness cloud;
    private Host one;
    private Host two;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home);
        one = cloud.addHost("one");
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aRunningMachineMovesAndIsPromisedRoomOnBothHostsMeanwhile() {
        VmId vm = runningOnOne();
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;

        migrate(vm, true);

        cloud.awaitVm(vm, now -> now.work() == Work.LIVE_MIGRATE);
        assertThat(roomOn(two))
                .isEqualTo(freshRoom(two).minus(cloud.vm(vm).spec().capacity()));
        assertThat(roomOn(one))
                .isEqualTo(freshRoom(one).minus(cloud.vm(vm).spec().capacity()));
        release.countDown();
        VirtualMachine moved = cloud.awaitState(vm, VmState.RUNNING);
        assertThat(moved.host()).contains(two.id());
        assertThat(roomOn(one)).isEqualTo(freshRoom(one));
        assertIsOnlyOn("two", "one", vm);
        assertThat(cloud.host("one").left).containsExactly(moved.uuid());
    }

    @Test
    void aHostDoesOtherWorkWhileTwoOfItsMachinesMoveAway() {
        List<VmId> moving = List.of(launchOn(one), launchOn(one), launchOn(one));
        VmId rests = launchOn(one);
        VmId ends = runningOnOne();
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        moving.forEach(vm -> migrate(vm, true));
        cloud.await(() -> cloud.host("one").moves.get() == 2);

        cloud.request(ends, VmEvent.END);
        cloud.request(rests, VmEvent.SHUT_DOWN);
        cloud.awaitState(rests, VmState.OFF);
        cloud.request(rests, VmEvent.START);
        cloud.awaitState(rests, VmState.RUNNING);
        cloud.awaitState(ends, VmState.ENDED);

        assertThat(cloud.host("one").moves).hasValue(2);
        release.countDown();
        moving.forEach(
                vm -> assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id()));
        assertThat(cloud.vm(rests).host()).contains(one.id());
    }

    @Test
    void movesThatHangKeepAFewThreadsAndStopNoOtherWorkOfTheirSource() {
        VmId rests = launchOn(one);
        VmId vm = runningOnOne();
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        migrate(vm, true);
        cloud.await(() -> cloud.host("one").moves.get() == 4);

        cloud.request(rests, VmEvent.REBOOT);
        cloud.awaitState(rests, VmState.RUNNING);
        cloud.request(rests, VmEvent.END);
        cloud.awaitState(rests, VmState.ENDED);

        assertThat(cloud.host("one").reboots).hasValue(1);
        assertThat(cloud.host("one").moves).hasValue(4);
        release.countDown();
        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertIsOnlyOn("two", "one", vm);
    }

    @Test
    void aMoveThatFailsLeavesTheMachineRunningWhereItWasAndTheTargetFree() {
        VmId vm = runningOnOne();
        cloud.host("one").moveFault = MoveFault.REFUSED;

        migrate(vm, true);
        VirtualMachine stayed = cloud.awaitState(vm, VmState.RUNNING);

        assertThat(stayed.host()).contains(one.id());
        assertThat(stayed.reason().message()).isEqualTo("the target has no memory left");
        assertThat(roomOn(two)).isEqualTo(freshRoom(two));
        assertIsOnlyOn("one", "two", vm);
    }

    @Test
    void aMoveWhoseAnswerWasLostIsSettledByWhatBothHostsShow() {
        VmId vm = runningOnOne();
        cloud.host("one").moveFault = MoveFault.MOVED_SILENTLY;
        migrate(vm, true);
        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertIsOnlyOn("two", "one", vm);

        cloud.host("two").moveFault = MoveFault.STAYED_SILENTLY;
        migrate(vm, true);
        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertIsOnlyOn("two", "one", vm);
    }

    @Test
    void aMoveThatWasCutOffIsGivenUpAndItsCopyRemoved() {
        VmId vm = runningOnOne();
        cloud.host("one").moveFault = MoveFault.CUT_OFF;

        migrate(vm, true);

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(one.id());
        assertIsOnlyOn("one", "two", vm);
    }

    @Test
    void aMoveWhoseTargetIsSilentIsOverOnceItsSourceGoesOnWithoutIt() {
        VmId vm = runningOnOne();
        cloud.host("one").moveFault = MoveFault.CUT_OFF;
        cloud.host("one").moving = true;
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        migrate(vm, true);
        cloud.await(() -> cloud.host("one").moves.get() == 1);
        silence("two");
        release.countDown();
        cloud.await(() ->
                cloud.store.state().all(Operations.TABLE).stream().anyMatch(operation -> operation.attempt() > 9));
        assertThat(cloud.vm(vm).work()).isEqualTo(Work.LIVE_MIGRATE);

        cloud.host("one").moving = false;
        VirtualMachine stayed = cloud.awaitState(vm, VmState.RUNNING);

        assertThat(stayed.host()).contains(one.id());
        assertThat(stayed.reason().message()).isEqualTo("host two does not answer, and it goes on on host one");
        cloud.request(vm, VmEvent.REBOOT);
        cloud.awaitState(vm, VmState.RUNNING);
        cloud.host("two").unreachable = false;
        cloud.await(() -> cloud.host("two").domains.isEmpty()
                && cloud.host("two").admitted.isEmpty()
                && cloud.store.state().all(Leftovers.TABLE).isEmpty());
        assertIsOnlyOn("one", "two", vm);
    }

    @Test
    void aTargetThatTakesOnlyTheFirstOfTwoAddressesKeepsNone() {
        VmId vm = runningOnOne();
        cloud.store.write(tx -> {
            tx.put(Leases.TABLE, new AddressLease(cloud.network(), Ipv4.parse("10.0.9.9"), "02:00:0a:00:09:09", vm));
            return null;
        });
        cloud.host("two").admitsAtMost = 1;

        migrate(vm, true);

        assertThat(cloud.awaitState(vm, VmState.RUNNING).reason().message())
                .isEqualTo("host two: dnsmasq takes no more than 1");
        assertIsOnlyOn("one", "two", vm);
    }

    @Test
    void aMoveDuringWhichTheGatewayWasKilledIsBroughtToItsEnd() {
        VmId vm = runningOnOne();
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        migrate(vm, true);
        cloud.await(() -> cloud.host("one").moves.get() == 1);

        cloud.restart();
        release.countDown();

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertIsOnlyOn("two", "one", vm);
    }

    @Test
    void aMachineThatIsEndedWhileItMovesLeavesNothingOnEitherHost() {
        VmId vm = runningOnOne();
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        migrate(vm, true);
        cloud.await(() -> cloud.host("one").moves.get() == 1);

        cloud.request(vm, VmEvent.END);
        release.countDown();
        cloud.awaitState(vm, VmState.ENDED);

        cloud.await(() ->
                cloud.host("one").domains.isEmpty() && cloud.host("two").domains.isEmpty());
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
        assertThat(roomOn(one)).isEqualTo(freshRoom(one));
        assertThat(roomOn(two)).isEqualTo(freshRoom(two));
    }

    @Test
    void aMachineIsEndedOnlyWhenItIsGoneFromWhereAnUnknownMoveMayHaveBroughtIt() {
        VmId vm = runningOnOne();
        cloud.host("one").moveFault = MoveFault.MOVED_SILENTLY;
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        migrate(vm, true);
        cloud.await(() -> cloud.host("one").moves.get() == 1);
        cloud.host("two").unreachable = true;
        release.countDown();
        cloud.await(() -> cloud.host("two").domains.containsKey(cloud.vm(vm).uuid()));

        cloud.request(vm, VmEvent.END);
        cloud.await(() -> cloud.store.state().all(Operations.TABLE).stream()
                .anyMatch(operation -> operation.kind() == Work.END && operation.attempt() > 0));
        assertThat(cloud.vm(vm).state()).isEqualTo(VmState.RUNNING);

        cloud.host("two").unreachable = false;
        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("two").domains).isEmpty();
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
    }

    @Test
    void aMoveIsRefusedToWhereItCannotGo() {
        VmId vm = runningOnOne();
        store(two.withState(HostState.DISABLED, ""));

        assertThatThrownBy(() -> migrate(vm, true))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.NO_CAPACITY))
                .hasMessage("host two is no host that can be moved to vm 1: no host: 1 not in service");
        assertThatThrownBy(() -> cloud.store.write(
                        tx -> cloud.machines.migrate(tx, cloud.operator, vm, Optional.of(one.id()), true)))
                .hasMessage("vm 1 is on host one already");
    }

    @Test
    void aSavedMachineReleasesItsHostAndGoesOnOnAnother() {
        VmId vm = runningOnOne();
        cloud.request(vm, VmEvent.SAVE);
        cloud.awaitState(vm, VmState.SAVED);
        assertThat(roomOn(one)).isEqualTo(freshRoom(one));
        store(cloud.store.state().find(Hosts.TABLE, one.id()).orElseThrow().withState(HostState.DRAINING, ""));

        cloud.request(vm, VmEvent.RESTORE);

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertIsOnlyOn("two", "one", vm);
    }

    @Test
    void aSavedMachineIsEndedWithItsDisksThoughItsHostIsGone() {
        VmId vm = runningOnOne();
        cloud.request(vm, VmEvent.SAVE);
        cloud.awaitState(vm, VmState.SAVED);
        cloud.store.write(tx -> registry().remove(tx, cloud.operator, one.id()));

        cloud.request(vm, VmEvent.END);

        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
    }

    @Test
    void aDrainedHostIsEmptiedOfMachinesThatRunAndThatRest() {
        VmId runs = runningOnOne();
        VmId off = launchOn(one);
        cloud.request(off, VmEvent.SHUT_DOWN);
        cloud.awaitState(off, VmState.OFF);
        VmId suspended = launchOn(one);
        cloud.request(suspended, VmEvent.SUSPEND);
        cloud.awaitState(suspended, VmState.SUSPENDED);

        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.DRAINING));

        cloud.await(() -> Vms.onHost(cloud.store.state(), one.id()).findAny().isEmpty());
        assertThat(cloud.awaitState(runs, VmState.RUNNING).host()).contains(two.id());
        assertThat(cloud.awaitState(off, VmState.OFF).host()).contains(two.id());
        assertThat(cloud.awaitState(suspended, VmState.SUSPENDED).host()).contains(two.id());
        assertThat(cloud.host("one").clones).isEmpty();
        cloud.store.write(tx -> registry().remove(tx, cloud.operator, one.id()));
    }

    @Test
    void aMachineThatIsOffLeavesAHostThatDoesNotAnswerOnlyOnceThatIsFenced() {
        VmId vm = runningOnOne();
        cloud.request(vm, VmEvent.SHUT_DOWN);
        cloud.awaitState(vm, VmState.OFF);
        silence("one");
        assertThatThrownBy(() -> migrate(vm, false))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.HOST_UNAVAILABLE));

        cloud.store.write(tx -> registry().fenced(tx, cloud.operator, one.id()));
        cloud.request(vm, VmEvent.START);

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertThat(cloud.host("two").clones).containsExactly(cloud.vm(vm).uuid());
    }

    private void migrate(VmId vm, boolean live) {
        Host source = cloud.store
                .state()
                .find(Hosts.TABLE, cloud.vm(vm).host().orElseThrow())
                .orElseThrow();
        Host target = source.id().equals(one.id()) ? two : one;
        cloud.store.write(tx -> cloud.machines.migrate(tx, cloud.operator, vm, Optional.of(target.id()), live));
    }

    /** A machine on the first host, and a second host beside it. */
    private VmId runningOnOne() {
        VmId vm = launchOn(one);
        two = cloud.addHost("two");
        return vm;
    }

    private VmId launchOn(Host host) {
        VmId vm = cloud.launch(1).get(0).id();
        VirtualMachine running = cloud.awaitState(vm, VmState.RUNNING);
        if (!running.host().equals(Optional.of(host.id()))) {
            cloud.store.write(tx -> cloud.machines.migrate(tx, cloud.operator, vm, Optional.of(host.id()), true));
            cloud.awaitVm(vm, now -> now.host().equals(Optional.of(host.id())) && now.work() == Work.NONE);
        }
        return vm;
    }

    private void silence(String host) {
        cloud.host(host).unreachable = true;
        cloud.await(() -> cloud.store.state().all(Hosts.TABLE).stream()
                .anyMatch(one -> one.name().equals(host) && one.silent()));
    }

    private void store(Host host) {
        cloud.store.write(tx -> {
            tx.put(Hosts.TABLE, host);
            return null;
        });
    }

    private static HostRegistry registry() {
        return new HostRegistry(java.util.Set.of(FakeHosts.NAME));
    }

    private Capacity roomOn(Host host) {
        return Vms.room(
                cloud.store.state(),
                cloud.store.state().find(Hosts.TABLE, host.id()).orElseThrow());
    }

    private Capacity freshRoom(Host host) {
        return cloud.store.state().find(Hosts.TABLE, host.id()).orElseThrow().capacity();
    }

    private void assertIsOnlyOn(String here, String notThere, VmId vm) {
        UUID uuid = cloud.vm(vm).uuid();
        assertThat(cloud.host(here).domains).containsOnlyKeys(uuid);
        assertThat(cloud.host(notThere).domains).isEmpty();
        assertThat(cloud.host(here).clones).containsExactly(uuid);
        assertThat(cloud.host(notThere).clones).isEmpty();
        assertThat(cloud.host(here).admitted).hasSize(1);
        assertThat(cloud.host(notThere).admitted).isEmpty();
    }
}
