package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.FakeHosts.MoveFault;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.Fencing;
import xenith.engine.service.HostRegistry;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leftovers;
import xenith.engine.tables.Operations;

/** Hosts that are lost, and their machines. */
class LostHostsTest {
    private static final long WAIT_MILLIS = 300;

    @TempDir
    Path home;

    private CloudHarness cloud;
    private Host one;

    @AfterEach
    void end() {
        cloud.host("one").hangsUntil.countDown();
        cloud.close();
    }

    @Test
    void machinesOfAHostThatMerelyDoesNotAnswerAreStartedNowhereElse() {
        AtomicInteger tries = new AtomicInteger();
        begin(host -> {
            tries.incrementAndGet();
            throw new DriverException(Failure.FAILED, "the power switch does not answer");
        });
        VmId vm = runningOnOne();
        cloud.addHost("two");

        cloud.host("one").unreachable = true;

        cloud.await(() -> tries.get() > 2);
        assertThat(cloud.vm(vm).host()).contains(one.id());
        assertThat(cloud.vm(vm).state()).isEqualTo(VmState.RUNNING);
        assertThat(cloud.host("two").domains).isEmpty();
        cloud.await(() -> happened(EventKind.HOST_FENCING_FAILED));
        assertThat(hostOne().reason()).isEqualTo("no route to host; not fenced: the power switch does not answer");
    }

    @Test
    void machinesOfAHostThatWasFencedAreStartedOnAnother() {
        AtomicBoolean off = new AtomicBoolean();
        begin(host -> off.set(true));
        VmId vm = runningOnOne();
        Host two = cloud.addHost("two");

        cloud.host("one").unreachable = true;
        VirtualMachine restarted = cloud.awaitVm(
                vm,
                now -> now.host().equals(Optional.of(two.id()))
                        && now.state() == VmState.RUNNING
                        && now.work() == Work.NONE);

        assertThat(off).isTrue();
        assertThat(cloud.host("two").domains).containsOnlyKeys(restarted.uuid());
        assertThat(cloud.host("two").clones).containsOnly(restarted.uuid());
        assertThat(hostOne().state()).isEqualTo(HostState.FENCED);
    }

    @Test
    void aSilentHostThatMachinesHaveReleasedIsNotFenced() {
        AtomicInteger fenced = new AtomicInteger();
        begin(host -> fenced.incrementAndGet());
        VmId saved = runningOnOne();
        cloud.request(saved, VmEvent.SAVE);
        cloud.awaitState(saved, VmState.SAVED);
        Host two = cloud.addHost("two");
        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.DISABLED));
        VmId runs = cloud.launch(1).get(0).id();
        assertThat(cloud.awaitState(runs, VmState.RUNNING).host()).contains(two.id());

        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());
        cloud.host("two").unreachable = true;

        cloud.await(() -> happened(EventKind.HOST_FENCED));
        assertThat(fenced).hasValue(1);
        assertThat(hostOne().state()).isNotEqualTo(HostState.FENCED);
    }

    @Test
    void machinesStayOffWhereThatIsThePolicy() {
        cloud = new CloudHarness(
                home, CloudHarness.QUICK, new RecoverySettings(Optional.of(host -> {}), false, WAIT_MILLIS));
        one = cloud.addHost("one");
        VmId vm = runningOnOne();
        cloud.addHost("two");

        cloud.host("one").unreachable = true;

        assertThat(cloud.awaitState(vm, VmState.OFF).reason().message()).isEqualTo("its host one was lost");
        assertThat(cloud.host("two").domains).isEmpty();
    }

    @Test
    void anOperatorsWordIsTakenOnlyForAHostThatDoesNotAnswer() {
        cloud = new CloudHarness(home);
        one = cloud.addHost("one");
        VmId vm = runningOnOne();
        Host two = cloud.addHost("two");
        assertThatThrownBy(this::sayThatItIsOff).hasMessageContaining("host one is ON and answers");

        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());
        sayThatItIsOff();

        cloud.awaitVm(vm, now -> now.state() == VmState.RUNNING && now.host().equals(Optional.of(two.id())));
        assertThatThrownBy(this::sayThatItIsOff).hasMessage("host one is fenced already");
    }

    @Test
    void aMachineThatWaitsForAnotherHostIsStopped() {
        begin(host -> {});
        VmId stopped = runningOnOne();
        VmId waits = runningOnOne();
        cloud.host("one").unreachable = true;
        cloud.awaitState(stopped, VmState.DISPLACED);
        cloud.awaitState(waits, VmState.DISPLACED);

        cloud.request(stopped, VmEvent.SHUT_DOWN);
        Host two = cloud.addHost("two");

        cloud.awaitState(waits, VmState.RUNNING);
        assertThat(cloud.vm(stopped).state()).isEqualTo(VmState.OFF);
        cloud.request(stopped, VmEvent.START);
        assertThat(cloud.awaitState(stopped, VmState.RUNNING).host()).contains(two.id());
    }

    @Test
    void aMachineThatWaitsForAnotherHostIsStartedWhereAnOperatorWants() {
        begin(host -> {});
        VmId vm = runningOnOne();
        cloud.host("one").unreachable = true;
        cloud.awaitState(vm, VmState.DISPLACED);
        Host two = disabledHost("two");

        assertThatThrownBy(() -> cloud.store.write(tx -> cloud.machines.startOn(tx, cloud.operator, vm, two.id())))
                .hasMessageContaining("not in service");
        cloud.store.write(tx -> {
            registry().set(tx, cloud.operator, two.id(), HostState.ON);
            return cloud.machines.startOn(tx, cloud.operator, vm, two.id());
        });

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
    }

    @Test
    void aFencedHostTakesNoMachinesUntilItIsEnabled() {
        begin(host -> {});
        VmId vm = runningOnOne();
        cloud.host("one").unreachable = true;
        cloud.awaitState(vm, VmState.DISPLACED);
        cloud.host("one").domains.clear();
        cloud.host("one").unreachable = false;
        cloud.await(() -> cloud.engine().explain(vm).isPresent());
        assertThat(hostOne().state()).isEqualTo(HostState.FENCED);

        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.ON));

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(one.id());
    }

    @Test
    void aMachineThatWasStillRunningOnItsFencedHostIsTakenBackIfNobodyElseHasIt() {
        begin(host -> {});
        VmId vm = runningOnOne();
        cloud.host("one").unreachable = true;
        cloud.awaitState(vm, VmState.DISPLACED);

        cloud.host("one").unreachable = false;

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(one.id());
        assertThat(cloud.host("one").starts).hasValue(1);
    }

    @Test
    void ofTwoDomainsOfAMachineTheOneOnTheWrongHostIsDestroyed() {
        begin(host -> {});
        VmId vm = runningOnOne();
        UUID uuid = cloud.vm(vm).uuid();
        cloud.addHost("two");
        cloud.host("one").unreachable = true;
        cloud.awaitVm(
                vm,
                now -> now.state() == VmState.RUNNING
                        && cloud.host("two").domains.containsKey(uuid));

        cloud.host("one").unreachable = false;

        cloud.await(() -> cloud.host("one").domains.isEmpty());
        assertThat(cloud.host("two").domains).containsOnlyKeys(uuid);
        assertThat(happened(EventKind.SPLIT_BRAIN)).isTrue();
    }

    @Test
    void aMachineThatWasBeingEndedOnALostHostIsEndedByAnother() {
        begin(host -> {});
        VmId vm = runningOnOne();
        cloud.addHost("two");
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());

        cloud.request(vm, VmEvent.END);

        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
    }

    @Test
    void aMoveWhoseSourceIsLostEndsWhereTheMachineIs() {
        begin(host -> {});
        VmId vm = runningOnOne();
        Host two = cloud.addHost("two");

        loseSourceOfMove(vm, two, MoveFault.MOVED_SILENTLY);

        VirtualMachine moved = cloud.awaitState(vm, VmState.RUNNING);
        assertThat(moved.host()).contains(two.id());
        assertThat(cloud.host("two").domains).containsOnlyKeys(moved.uuid());
        assertThat(cloud.host("two").starts).hasValue(0);
    }

    @Test
    void aMachineWhoseMoveWasCutOffByTheLossOfItsSourceIsStartedOnAnother() {
        begin(host -> {});
        VmId vm = runningOnOne();
        Host two = cloud.addHost("two");

        loseSourceOfMove(vm, two, MoveFault.CUT_OFF);

        cloud.await(() -> cloud.host("two").starts.get() == 1);
        VirtualMachine restarted = cloud.awaitState(vm, VmState.RUNNING);
        assertThat(restarted.host()).contains(two.id());
        assertThat(cloud.host("two").domains).containsOnlyKeys(restarted.uuid());
        assertThat(cloud.host("two").domains.get(restarted.uuid()).state()).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void aHostThatDoesNotAnswerStaysInErrorWhateverIsWishedOfIt() {
        begin(host -> {
            throw new DriverException(Failure.FAILED, "no");
        });
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());

        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.DISABLED));
        assertThat(hostOne().silent()).isTrue();

        cloud.host("one").unreachable = false;
        cloud.await(() -> hostOne().state() == HostState.DISABLED);
        assertThat(hostOne().reason()).isEqualTo("disabled by an operator");
    }

    @Test
    void aFirstStartOnALostHostIsMadeOnAnother() {
        begin(host -> {});
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());
        cloud.host("one").unreachable = false;
        cloud.await(() -> !hostOne().silent());
        CountDownLatch hangs = new CountDownLatch(1);
        cloud.host("one").hangsUntil = hangs;
        VmId vm = cloud.launch(1).get(0).id();
        Host two = cloud.addHost("two");

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());

        hangs.countDown();
        cloud.await(() -> cloud.host("one").domains.isEmpty());
        assertThat(cloud.host("two").domains).hasSize(1);
    }

    @Test
    void aFirstStartWhoseDisksWereLostWithItsHostIsMadeAnewAndWhatItLeftIsRemovedLater() {
        VmId vm = beingStartedInAPoolOfItsOwn();
        UUID uuid = cloud.vm(vm).uuid();
        cloud.host("two").store = "pool of two";
        Host two = cloud.addHost("two");

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertThat(cloud.host("two").clones).containsExactly(uuid);

        cloud.host("one").hangsUntil.countDown();
        cloud.await(() -> cloud.host("one").callsUnderWay.get() == 0);
        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.ON));
        cloud.await(() -> cloud.host("one").clones.isEmpty());
        cloud.await(() -> cloud.store.state().all(Leftovers.TABLE).isEmpty());
        // What had hung went no further than to the copy of a disk.
        assertThat(cloud.host("one").starts).hasValue(0);
        assertThat(cloud.host("two").clones).containsExactly(uuid);
    }

    @Test
    void aFirstStartThatIsEndedIsOverWithItsHostAndWhatItLeftIsRemovedLater() {
        VmId vm = beingStartedInAPoolOfItsOwn();
        cloud.request(vm, VmEvent.END);

        cloud.awaitState(vm, VmState.ENDED);

        assertThat(cloud.host("one").clones).hasSize(1);
        cloud.restart();
        cloud.host("one").hangsUntil.countDown();
        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.ON));
        cloud.await(() -> cloud.host("one").clones.isEmpty());
        cloud.await(() -> cloud.store.state().all(Leftovers.TABLE).isEmpty());
    }

    @Test
    void aFirstStartWhoseDisksWereLostIsEndedByItsNextHost() {
        VmId vm = beingStartedInAPoolOfItsOwn();
        cloud.host("two").store = "pool of two";
        cloud.host("two").imageGone = true;
        Host two = cloud.addHost("two");

        assertThat(cloud.awaitState(vm, VmState.ENDED).host()).contains(two.id());

        assertThat(cloud.host("two").domains).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
    }

    @Test
    void anEndIsHandedOnByAHostThatDoesNotSeeTheDisks() {
        begin(host -> {});
        cloud.host("two").store = "another one";
        Host two = cloud.addHost("two");
        List.of("one", "two").forEach(name -> cloud.host(name).tellsStore = false);
        cloud.await(() -> cloud.store.state().all(Hosts.TABLE).stream()
                .allMatch(host -> host.facts().store().isEmpty()));
        cloud.store.write(tx -> registry().set(tx, cloud.operator, two.id(), HostState.DISABLED));
        VmId vm = runningOnOne();
        cloud.store.write(tx -> registry().set(tx, cloud.operator, two.id(), HostState.ON));
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());
        cloud.request(vm, VmEvent.END);
        cloud.await(() -> cloud.store.state().all(Operations.TABLE).stream()
                .anyMatch(operation -> operation.host().equals(two.id()) && operation.attempt() > 0));

        cloud.host("one").unreachable = false;
        cloud.store.write(tx -> registry().set(tx, cloud.operator, one.id(), HostState.ON));

        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("one").domains).isEmpty();
    }

    @Test
    void anEndThatNobodyCouldCarryOutIsCarriedOutByTheFirstHostThatCan() {
        begin(host -> {});
        VmId vm = runningOnOne();
        cloud.host("one").unreachable = true;
        cloud.await(() -> hostOne().silent());
        cloud.request(vm, VmEvent.END);
        cloud.await(() -> hostOne().state() == HostState.FENCED);
        assertThat(cloud.vm(vm).work()).isEqualTo(Work.END);

        cloud.addHost("two");

        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("one").clones).isEmpty();
        assertThat(cloud.host("two").clones).isEmpty();
    }

    /** The first host is gone before it has told what became of the move. */
    private void loseSourceOfMove(VmId vm, Host target, MoveFault fault) {
        cloud.host("one").moveFault = fault;
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").movesHangUntil = release;
        cloud.store.write(tx -> cloud.machines.migrate(tx, cloud.operator, vm, Optional.of(target.id()), true));
        cloud.await(() -> cloud.host("one").moves.get() == 1);
        cloud.host("one").unreachable = true;
        release.countDown();
    }

    /** On the first host, which hangs, and has the disks already. */
    private VmId beingStartedInAPoolOfItsOwn() {
        cloud = new CloudHarness(
                home, CloudHarness.QUICK, new RecoverySettings(Optional.of(host -> {}), true, WAIT_MILLIS));
        cloud.host("one").store = "pool of one";
        one = cloud.addHost("one");
        cloud.host("one").hangsUntil = new CountDownLatch(1);
        VmId vm = cloud.launch(1).get(0).id();
        cloud.host("one").clones.add(cloud.vm(vm).uuid());
        cloud.await(() ->
                cloud.store.state().all(Operations.TABLE).stream().anyMatch(operation -> operation.attempt() > 0));
        return vm;
    }

    private void begin(Fencing fencing) {
        cloud = new CloudHarness(
                home, CloudHarness.QUICK, new RecoverySettings(Optional.of(fencing), true, WAIT_MILLIS));
        one = cloud.addHost("one");
    }

    /** One that has taken nothing. */
    private Host disabledHost(String name) {
        Host host = cloud.store.write(tx -> {
            Host added = registry()
                    .add(
                            tx,
                            cloud.operator,
                            new HostRegistry.NewHost(
                                    name, FakeHosts.NAME, "fake://" + name, Optional.empty(), "zone-a"));
            return registry().set(tx, cloud.operator, added.id(), HostState.DISABLED);
        });
        cloud.await(() -> cloud.store
                        .state()
                        .find(Hosts.TABLE, host.id())
                        .orElseThrow()
                        .capacity()
                        .memoryMib()
                > 0);
        return host;
    }

    private VmId runningOnOne() {
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        return vm;
    }

    private Host hostOne() {
        return cloud.store.state().find(Hosts.TABLE, one.id()).orElseThrow();
    }

    private void sayThatItIsOff() {
        cloud.store.write(tx -> registry().fenced(tx, cloud.operator, one.id()));
    }

    private boolean happened(EventKind kind) {
        return cloud.store.eventsAfter(0, 10_000).stream().anyMatch(event -> event.kind() == kind);
    }

    private static HostRegistry registry() {
        return new HostRegistry(Set.of(FakeHosts.NAME));
    }
}
