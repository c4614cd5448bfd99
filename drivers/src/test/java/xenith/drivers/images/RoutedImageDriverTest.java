package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.drivers.images.ImageFixture.HOST;
import static xenith.drivers.images.ImageFixture.image;
import static xenith.drivers.images.ImageFixture.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostId;
import xenith.engine.model.ImageKind;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/** On libvirt's test driver, which has a pool of type dir. */
class RoutedImageDriverTest {
    private static final HostEndpoint POOLED = new HostEndpoint(
            new HostId(2), "h2", "test:///default?xenith_pool=default-pool", Optional.empty(), HOST.cloud());

    @TempDir
    Path home;

    private final UUID vm = UUID.randomUUID();
    private Path instances;
    private ImageStore store;
    private RoutedImageDriver driver;

    @BeforeEach
    void makeDriver() throws Exception {
        Path images = Files.createDirectory(home.resolve("images"));
        Files.write(images.resolve("disk"), new byte[512]);
        instances = Files.createDirectory(home.resolve("instances"));
        store = new ImageStore(images, ImageFixture.limits(Set.of(), 1 << 20));
        driver = new RoutedImageDriver(
                new StoreImageDriver("libvirt", store, instances),
                new PoolImageDriver("libvirt", store, new Transfers()),
                instances);
    }

    @Test
    void aHostsUriSaysWhichModuleServesIt() throws Exception {
        assertThat(driver.memoryFile(HOST, vm)).startsWith(instances.toString());
        assertThat(driver.memoryFile(POOLED, vm)).startsWith("/default-pool/xenith-");
        assertThat(driver.present(POOLED)).isEmpty();
    }

    @Test
    void whatIsInTheStoreIsNotAdoptedByAHostThatDoesNotSeeIt() throws Exception {
        driver.prepare(HOST, plan(vm, image(ImageKind.MACHINE, "disk", DiskFormat.RAW), 1));

        assertThat(driver.present(HOST)).containsExactly(vm);
        assertRefused(POOLED);
    }

    @Test
    void whatIsInAPoolIsNotAdoptedByAHostThatSeesTheStore() throws Exception {
        assertThatCode(() -> driver.adopt(HOST, vm)).doesNotThrowAnyException();
        new Placements(store.own(".placed")).put(vm, POOLED);

        assertRefused(HOST);
    }

    private void assertRefused(HostEndpoint host) {
        assertThatThrownBy(() -> driver.adopt(host, vm))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                .hasMessageContaining("does not see");
    }
}
