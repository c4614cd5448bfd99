package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageDriverContract;

class StoreImageDriverContractTest extends ImageDriverContract {
    @TempDir
    Path home;

    private ImageDriver driver;

    @BeforeEach
    void makeStore() throws IOException {
        Files.createDirectory(store());
        Path instances = Files.createDirectory(home.resolve("instances"));
        driver = new StoreImageDriver(
                "libvirt", new ImageStore(store(), ImageFixture.limits(Set.of(), 1 << 20)), instances);
    }

    @Override
    protected ImageDriver driver() {
        return driver;
    }

    @Override
    protected HostEndpoint host() {
        return ImageFixture.HOST;
    }

    @Override
    protected HostEndpoint otherHost() {
        return ImageFixture.OTHER;
    }

    @Override
    protected Path store() {
        return home.resolve("images");
    }
}
