package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** Machines that get another size; each begins with 1 processor and 1,024 MiB. */
class ResizeTest {
    @TempDir
    Path home;

    private CloudHarness cloud;
    private Host one;
    private VmId vm;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home);
        one = cloud.addHost("one");
        vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aMachineThatIsOffHasItsNewSizeFromItsNextStartOn() {
        off();

        resize(2, 2_048);

        assertThat(cloud.vm(vm).state()).isEqualTo(VmState.OFF);
        assertThat(heldMib()).isZero();
        cloud.request(vm, VmEvent.START);
        cloud.awaitState(vm, VmState.RUNNING);
        assertThat(hasMib()).isEqualTo(2_048);
        assertThat(heldMib()).isEqualTo(2_048);
    }

    @Test
    void aMachineThatRunsShrinksAndGrowsUpToWhatItWasStartedWith() {
        resize(1, 512);
        assertThat(cloud.awaitVm(vm, ResizeTest::rests).spec().size()).isEqualTo(new VmSize("test", 1, 100, 512));
        assertThat(hasMib()).isEqualTo(512);
        assertThat(heldMib()).isEqualTo(512);

        cloud.restart();
        resize(1, 1_024);
        cloud.awaitVm(vm, ResizeTest::rests);
        assertThat(hasMib()).isEqualTo(1_024);
        assertThatThrownBy(() -> resize(2, 1_025))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("started with 1 processors and 1024 MiB");
    }

    @Test
    void whatAMachineMayHaveIsPromisedUntilItIsKnownWhatItHas() {
        resize(1, 512);
        cloud.awaitVm(vm, ResizeTest::rests);
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").hangsUntil = release;

        resize(1, 1_024);

        cloud.awaitVm(vm, now -> now.work() == Work.RESIZE);
        assertThat(heldMib()).isEqualTo(1_024);
        release.countDown();
        cloud.awaitVm(vm, ResizeTest::rests);
        assertThat(heldMib()).isEqualTo(1_024);
    }

    @Test
    void aMachineGrowsOnlyIntoRoomThatItsHostHas() {
        resize(1, 512);
        cloud.awaitVm(vm, ResizeTest::rests);
        VmId other = cloud.launch(1, 1, new Capacity(100, 15_872, 1_000)).get(0).id();
        cloud.awaitState(other, VmState.RUNNING);

        assertThatThrownBy(() -> resize(1, 513))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.NO_CAPACITY))
                .hasMessageContaining("host one has no room");
        assertThat(heldMib()).isEqualTo(16_384);
    }

    @Test
    void aChangeThatFailsLeavesTheFormerSizeWithTheReason() {
        cloud.host("one").refusesMemoryMib = 512;

        resize(1, 512);

        VirtualMachine after = cloud.awaitVm(vm, ResizeTest::rests);
        assertThat(after.spec().size()).isEqualTo(new VmSize("test", 1, 100, 1_024));
        assertThat(after.reason().message()).isEqualTo("the guest keeps its memory");
        assertThat(hasMib()).isEqualTo(1_024);
        assertThat(heldMib()).isEqualTo(1_024);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsSettledOnceItsHostAnswers() {
        cloud.host("one").losesAnswersOfResize = true;

        resize(1, 512);

        assertThat(cloud.awaitVm(vm, ResizeTest::rests).spec().capacity().memoryMib())
                .isEqualTo(512);
        assertThat(heldMib()).isEqualTo(512);
    }

    @Test
    void memoryGoesOnInTheSizeThatItWasStartedWithAndShrinksAgain() {
        resize(1, 512);
        cloud.awaitVm(vm, ResizeTest::rests);
        cloud.request(vm, VmEvent.SUSPEND);
        cloud.awaitState(vm, VmState.SUSPENDED);

        cloud.request(vm, VmEvent.RESUME);

        cloud.awaitState(vm, VmState.RUNNING);
        assertThat(cloud.host("one").restoredMib).isEqualTo(1_024);
        assertThat(hasMib()).isEqualTo(512);
    }

    @Test
    void aMachineWhoseMemoryIsSavedKeepsItsSize() {
        cloud.request(vm, VmEvent.SUSPEND);
        cloud.awaitState(vm, VmState.SUSPENDED);

        assertThatThrownBy(() -> resize(1, 512))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.WRONG_STATE));
    }

    private void off() {
        cloud.request(vm, VmEvent.SHUT_DOWN);
        cloud.awaitState(vm, VmState.OFF);
    }

    private void resize(int vcpus, long memoryMib) {
        cloud.store.write(tx ->
                cloud.machines.resize(tx, cloud.operator, vm, new VmSize("test", vcpus, vcpus * 100L, memoryMib)));
    }

    private long hasMib() {
        return cloud.host("one").memoriesMib.get(cloud.vm(vm).uuid());
    }

    private long heldMib() {
        return cloud.store
                        .state()
                        .find(Hosts.TABLE, one.id())
                        .orElseThrow()
                        .capacity()
                        .memoryMib()
                - Vms.room(
                                cloud.store.state(),
                                cloud.store.state().find(Hosts.TABLE, one.id()).orElseThrow())
                        .memoryMib();
    }

    private static boolean rests(VirtualMachine now) {
        return now.state() == VmState.RUNNING && now.work() == Work.NONE;
    }
}
