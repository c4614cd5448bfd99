package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Capacity;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.operation.EngineSettings;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;

/** First starts, and what comes between them and a guest that runs. */
class LaunchesTest {
    private static final EngineSettings IMPATIENT =
            new EngineSettings(8, 8, 64, 300, 1_500, 20, 200, 100, 500, 3_600_000, 1_000, 600, 1);

    @TempDir
    Path home;

    private CloudHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home, IMPATIENT);
        cloud.addHost("one");
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aGuestWhoseKernelPanicsIsEndedWithTheReason() {
        cloud.host("one").console = "---[ end Kernel panic - not syncing: No working init found ]---\n";

        VirtualMachine ended = cloud.awaitState(cloud.launch(1).get(0).id(), VmState.ENDED);

        assertThat(ended.reason().code()).isEqualTo(Cause.FAULT);
        assertThat(ended.reason().message())
                .isEqualTo("the guest did not boot: its kernel panicked: "
                        + "---[ end Kernel panic - not syncing: No working init found ]---");
        assertThat(cloud.host("one").domains).isEmpty();
        assertThat(cloud.host("one").clones).isEmpty();
    }

    @Test
    void aKernelThatNeverSaysAWordIsEndedWhereItWouldBeHeard() {
        cloud.host("one").logsConsole = true;

        VirtualMachine ended = cloud.awaitState(cloud.launch(1).get(0).id(), VmState.ENDED);

        assertThat(ended.reason().message()).contains("its kernel wrote nothing on the console");
    }

    @Test
    void aGuestThatRanBeforeIsLeftAloneWhateverItSays() {
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        cloud.request(vm, VmEvent.SHUT_DOWN);
        cloud.awaitState(vm, VmState.OFF);
        cloud.host("one").console = "---[ end Kernel panic - not syncing: later ]---\n";

        cloud.request(vm, VmEvent.START);
        VmId other = cloud.launch(1).get(0).id();

        // The second machine's end shows that consoles have been looked at since.
        cloud.awaitState(other, VmState.ENDED);
        assertThat(cloud.vm(vm).state()).isEqualTo(VmState.RUNNING);
    }

    @Test
    void aMachineWhoseHostHangsIsOnItsWayOutWithTheReasonAndEndsWhenTheHostIsBack() {
        CountDownLatch release = new CountDownLatch(1);
        cloud.host("one").hangsUntil = release;

        VmId vm = cloud.launch(1).get(0).id();
        VirtualMachine leaving = cloud.awaitVm(vm, now -> now.work() == Work.END);

        assertThat(leaving.reason().message()).startsWith("host one has not started it within 1 s");
        release.countDown();
        cloud.awaitState(vm, VmState.ENDED);
        assertThat(cloud.host("one").domains).isEmpty();
        assertThat(cloud.host("one").clones).isEmpty();
    }

    @Test
    void asManyMachinesAreMadeAsThereAreAddresses() {
        cloud.shrinkNetworkTo(3);

        assertThat(cloud.launch(1, 10, new Capacity(10, 16, 10))).hasSize(3);
        assertThatThrownBy(() -> cloud.launch(1, 10, new Capacity(10, 16, 10)))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.NO_ADDRESS))
                .hasMessage("the networks have addresses for 0 of the 1 machines that are asked for at least");
    }

    @Test
    void imagesOfSlowServersHoldUpNoHost() {
        CountDownLatch release = new CountDownLatch(1);
        cloud.hosts.examinationsHangUntil = release;
        List<CompletableFuture<Object>> inspections = IntStream.range(0, 20)
                .mapToObj(number -> CompletableFuture.<Object>supplyAsync(() -> {
                    try {
                        return cloud.engine().inspection().inspect(cloud.image());
                    } catch (EngineException refused) {
                        return refused.getMessage();
                    }
                }))
                .toList();
        cloud.await(() -> inspections.stream().filter(CompletableFuture::isDone).count() > 0);

        assertThat(cloud.engine()
                        .consoles()
                        .read(cloud.awaitState(cloud.launch(1).get(0).id(), VmState.RUNNING), 10))
                .isEmpty();

        release.countDown();
        assertThat(inspections.stream().map(CompletableFuture::join))
                .contains("4 other images are being looked at; try again later");
    }
}
