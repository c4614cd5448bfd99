package xenith.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.CloudHarness;
import xenith.engine.FakeHosts;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Host;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.ownership.SoleOwnership;
import xenith.engine.port.DriverSet;
import xenith.engine.service.HostRegistry;
import xenith.engine.tables.Vms;

class TombstonesTest {
    @TempDir
    Path home;

    @Test
    void whatThisMachineKeepsOfAnotherGoesThoughItsHostWasRemoved() {
        try (CloudHarness cloud = new CloudHarness(home)) {
            Host host = cloud.addHost("one");
            VirtualMachine vm = cloud.awaitState(cloud.launch(1).get(0).id(), VmState.RUNNING);
            cloud.request(vm.id(), VmEvent.END);
            cloud.awaitState(vm.id(), VmState.ENDED);
            cloud.store.write(tx -> new HostRegistry(Set.of(FakeHosts.NAME)).remove(tx, cloud.operator, host.id()));

            sweepTomorrow(cloud);

            assertThat(cloud.hosts.forgotten).containsExactly(vm.uuid());
            assertThat(cloud.store.state().find(Vms.TABLE, vm.id())).isEmpty();
        }
    }

    private static void sweepTomorrow(CloudHarness cloud) {
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        Map<String, DriverSet> drivers = Map.of(FakeHosts.NAME, cloud.hosts.drivers());
        try (HostRuntimes hosts = new HostRuntimes(
                        cloud.store, new SoleOwnership(cloud.store), drivers, CloudHarness.QUICK, false, tomorrow);
                Tombstones tombstones = new Tombstones(
                        cloud.store, new SoleOwnership(cloud.store), hosts, CloudHarness.QUICK, tomorrow)) {
            tombstones.sweep();
        }
    }
}
