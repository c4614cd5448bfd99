package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.ImageKind;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/** A store on a file system that is too small, which only root can make. */
@Tag("qemu")
class FullStoreQemuTest {
    private static final int MIB = 1 << 20;
    private static final HostEndpoint XEN =
            new HostEndpoint(new HostId(1), "hv1", "xen:///system", Optional.empty(), UUID.randomUUID());

    @TempDir
    Path images;

    @TempDir
    Path instances;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=4m", "xenith-test", instances.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", instances.toString());
    }

    @Test
    void aStoreWithoutRoomIsNamedWithTheHostAndKeepsNoPart() throws Exception {
        byte[] content = new byte[8 * MIB];
        new Random(1).nextBytes(content);
        Files.write(images.resolve("large.img"), content);
        Image large = ImageFixture.image(ImageKind.MACHINE, "large.img", DiskFormat.RAW);
        StoreImageDriver driver =
                new StoreImageDriver("libvirt", new ImageStore(images, ImageFixture.limits(Set.of(), MIB)), instances);
        UUID vm = UUID.randomUUID();

        assertThatThrownBy(() -> driver.prepare(XEN, ImageFixture.plan(vm, large, 8)))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FAILED))
                .hasMessageContaining("host hv1: copying large.img")
                .hasMessageContaining("No space left on device");

        try (Stream<Path> left = Files.walk(instances)) {
            assertThat(left.filter(path -> path.toString().endsWith(".part"))).isEmpty();
        }
        driver.discard(XEN, vm);
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
