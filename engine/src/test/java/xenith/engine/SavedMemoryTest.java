package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Host;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.service.HostRegistry;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.Hosts;

/** Memory that was saved is gone on from once. */
class SavedMemoryTest {
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
    void aMachineThatTurnsOutToRunLosesTheMemoryThatItHasGoneOnFrom() {
        for (VmEvent rests : Set.of(VmEvent.SUSPEND, VmEvent.SAVE)) {
            cloud.request(vm, rests);
            cloud.awaitVm(vm, now -> now.state() != VmState.RUNNING && now.work() == Work.NONE);
            assertThat(cloud.hosts.memories).hasSize(1);

            runsAfterAll("one");

            cloud.awaitState(vm, VmState.RUNNING);
            assertThat(cloud.hosts.memories).isEmpty();
        }
    }

    @Test
    void aMachineThatTurnsOutToRunIsAtItsUsersServiceOnceItsMemoryIsGone() {
        cloud.request(vm, VmEvent.SUSPEND);
        cloud.awaitState(vm, VmState.SUSPENDED);
        cloud.host("one").unreachable = true;
        cloud.await(() -> host(one).silent());
        runsAfterAll("one");
        cloud.host("one").refusesToDropMemory = true;
        cloud.host("one").unreachable = false;
        cloud.awaitVm(vm, now -> now.work() == Work.DROP_MEMORY);

        cloud.host("one").refusesToDropMemory = false;

        cloud.awaitState(vm, VmState.RUNNING);
        assertThat(cloud.hosts.memories).isEmpty();
    }

    @Test
    void aMachineThatIsStartedAnewLosesTheMemoryThatItWasToGoOnFrom() {
        cloud.request(vm, VmEvent.SAVE);
        cloud.awaitState(vm, VmState.SAVED);
        CountDownLatch hangs = new CountDownLatch(1);
        cloud.host("one").hangsUntil = hangs;
        cloud.request(vm, VmEvent.RESTORE);
        cloud.await(() -> host(one).silent());
        cloud.store.write(tx -> registry().fenced(tx, cloud.operator, one.id()));
        cloud.awaitState(vm, VmState.DISPLACED);
        assertThat(cloud.hosts.memories).hasSize(1);

        Host two = cloud.addHost("two");

        assertThat(cloud.awaitState(vm, VmState.RUNNING).host()).contains(two.id());
        assertThat(cloud.hosts.memories).isEmpty();
        hangs.countDown();
    }

    private void runsAfterAll(String host) {
        VirtualMachine now = cloud.vm(vm);
        UUID cloudUuid = Cloud.uuidOf(cloud.store.state());
        cloud.host(host)
                .domains
                .put(now.uuid(), new DomainReport(now.uuid(), "vm", DomainState.RUNNING, Optional.of(cloudUuid), 1));
        cloud.host(host).changed();
    }

    private Host host(Host host) {
        return cloud.store.state().find(Hosts.TABLE, host.id()).orElseThrow();
    }

    private static HostRegistry registry() {
        return new HostRegistry(Set.of(FakeHosts.NAME));
    }
}
