package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.operation.EngineSettings;

/** Launches during which the gateway was started again. Boots are looked at after 1 s, for 12 s. */
class InterruptedLaunchesTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(8, 8, 64, 1_000, 1_500, 20, 200, 100, 500, 3_600_000, 60_000, 12_000, 1);

    @TempDir
    Path home;

    private CloudHarness cloud;

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aFirstBootIsWatchedOnAndALaterOneIsNot() {
        cloud = new CloudHarness(home, SETTINGS);
        cloud.addHost("one");
        VmId ranBefore = cloud.launch(1).get(0).id();
        cloud.awaitState(ranBefore, VmState.RUNNING);
        cloud.request(ranBefore, VmEvent.SHUT_DOWN);
        cloud.awaitState(ranBefore, VmState.OFF);
        cloud.request(ranBefore, VmEvent.START);
        cloud.awaitState(ranBefore, VmState.RUNNING);
        VmId first = cloud.launch(1).get(0).id();
        cloud.awaitState(first, VmState.RUNNING);

        cloud.restart();
        cloud.host("one").console = "---[ end Kernel panic - not syncing: No working init found ]---\n";

        assertThat(cloud.awaitState(first, VmState.ENDED).reason().message()).contains("its kernel panicked");
        assertThat(cloud.vm(ranBefore).state()).isEqualTo(VmState.RUNNING);
    }
}
