package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageDriverContract;

/** Two hosts that share one pool's directory. */
@Tag("qemu")
class PoolImageDriverContractQemuTest extends ImageDriverContract {
    private static PoolFixture fixture;

    @TempDir
    Path home;

    private Path poolDirectory;
    private ImageDriver driver;

    @BeforeAll
    static void startHypervisor() throws Exception {
        fixture = PoolFixture.start();
    }

    @AfterAll
    static void stopHypervisor() throws Exception {
        fixture.stop();
    }

    @Override
    protected void openDriver() throws Exception {
        Files.createDirectory(store());
        poolDirectory = Files.createDirectory(home.resolve("pool"));
        fixture.pool("contract", poolDirectory);
        driver = new PoolImageDriver(
                "libvirt", new ImageStore(store(), ImageFixture.limits(Set.of(), 1 << 20)), new Transfers());
    }

    @Override
    protected void closeDriver() throws Exception {
        fixture.removePool("contract");
        assertThat(PoolFixture.files(poolDirectory))
                .as("bases stay, and nothing else")
                .allMatch(file -> file.matches("xenith-[0-9a-f]{32}\\.(raw|qcow2)(\\.whole)?"));
    }

    @Override
    protected ImageDriver driver() {
        return driver;
    }

    @Override
    protected HostEndpoint host() {
        return fixture.host(1, "contract");
    }

    @Override
    protected HostEndpoint otherHost() {
        return fixture.host(2, "contract");
    }

    @Override
    protected Path store() {
        return home.resolve("images");
    }
}
