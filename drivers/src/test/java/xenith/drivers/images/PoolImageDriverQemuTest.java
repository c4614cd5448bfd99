package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.drivers.images.ImageFixture.image;
import static xenith.drivers.images.ImageFixture.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.drivers.GuestImages;
import xenith.drivers.LibvirtDrivers;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageKind;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** Uploads to a private libvirtd: what is lost, spoilt, wanted twice, or too large; and a guest that boots from one. */
@Tag("qemu")
class PoolImageDriverQemuTest {
    private static final int MIB = 1024 * 1024;
    private static final int IMAGE_BYTES = 8 * MIB;
    private static final String POOL = "uploads";
    private static final String SMALL_POOL = "small";
    /** One of its own, since the host may hold what was cut open for a moment after it was deleted. */
    private static final String TIGHT_POOL = "tight";

    private static final Image DISK = image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW);

    private static PoolFixture fixture;
    private static Path small;
    private static Path tight;

    @TempDir
    Path home;

    private final Transfers transfers = new Transfers();
    private final UUID vm = UUID.randomUUID();
    private Path poolDirectory;
    private Path store;
    private SocketRelay relay;
    private HostEndpoint relayed;

    @BeforeAll
    static void startHypervisor() throws Exception {
        small = Files.createTempDirectory("small-pool-");
        // Before libvirtd has a mount namespace of its own.
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
        tight = Files.createTempDirectory("tight-pool-");
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", tight.toString());
        fixture = PoolFixture.start();
        fixture.pool(SMALL_POOL, small);
        fixture.pool(TIGHT_POOL, tight);
    }

    @AfterAll
    static void stopHypervisor() throws Exception {
        try {
            fixture.stop();
        } finally {
            for (Path mounted : List.of(small, tight)) {
                run("umount", mounted.toString());
                Files.delete(mounted);
            }
        }
    }

    @BeforeEach
    void makePool() throws Exception {
        poolDirectory = Files.createDirectory(home.resolve("pool"));
        fixture.pool(POOL, poolDirectory);
        store = Files.createDirectory(home.resolve("images"));
        byte[] content = new byte[IMAGE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(store.resolve("disk.raw"), content);
        relay = new SocketRelay(home.resolve("relay"), fixture.socket());
        relayed = fixture.host(POOL, home.resolve("relay"));
    }

    @AfterEach
    void removePool() throws Exception {
        assertThat(transfers.underWay()).isEmpty();
        relay.close();
        fixture.removePool(POOL);
    }

    @Test
    void anUploadGoesOnFromWhatWasConfirmedAfterAGatewaysCrash() throws Exception {
        relay.cutAt(5 * MIB);
        assertFails(Failure.UNREACHABLE, () -> driver().prepare(relayed, plan(vm, DISK, 16)), "h1");
        long before = relay.bytesSent();

        BootFiles files = driver().prepare(relayed, plan(vm, DISK, 16));

        assertThat(relay.bytesSent() - before).isBetween(3L * MIB, 5L * MIB);
        assertThat(Path.of(files.disks().get(0).file())).exists();
        assertThat(base()).hasSameBinaryContentAs(store.resolve("disk.raw"));
    }

    @Test
    void whatArrivedOtherwiseThanItWasSentIsNotUsed() throws Exception {
        relay.cutAt(5 * MIB);
        assertFails(Failure.UNREACHABLE, () -> driver().prepare(relayed, plan(vm, DISK, 16)), "h1");
        try (FileChannel part = FileChannel.open(base(), StandardOpenOption.WRITE)) {
            part.write(ByteBuffer.wrap("spoilt".getBytes(StandardCharsets.UTF_8)), MIB);
        }

        assertFails(Failure.FAILED, () -> driver().prepare(relayed, plan(vm, DISK, 16)), "SHA-256", "h1", POOL);

        assertThat(bases()).isEmpty();
        driver().prepare(relayed, plan(vm, DISK, 16));
        assertThat(base()).hasSameBinaryContentAs(store.resolve("disk.raw"));
    }

    @Test
    void whatTwoWantAtOnceIsUploadedOnce() throws Exception {
        PoolImageDriver driver = driver();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<BootFiles>> both = List.of(
                    two.submit(() -> driver.prepare(relayed, plan(vm, DISK, 16))),
                    two.submit(() -> driver.prepare(relayed, plan(UUID.randomUUID(), DISK, 16))));
            assertThat(both.get(0).get(60, TimeUnit.SECONDS).disks().get(0))
                    .isNotEqualTo(both.get(1).get(60, TimeUnit.SECONDS).disks().get(0));
        } finally {
            two.shutdownNow();
        }

        assertThat(relay.bytesSent()).isBetween((long) IMAGE_BYTES, IMAGE_BYTES + (long) MIB);
        assertThat(bases()).hasSize(2);
    }

    @Test
    void aFullPoolIsNamedAndNothingHalfMadeStays() throws Exception {
        HostEndpoint host = fixture.host(1, SMALL_POOL);

        assertFails(
                Failure.FAILED, () -> driver().prepare(host, plan(vm, DISK, 16)), "h1", SMALL_POOL, "8 MiB", "are 4");

        driver().discard(host, vm);
        assertThat(small).isEmptyDirectory();
    }

    @Test
    void aPartThatLacksRoomForTheRestIsTakenAway() throws Exception {
        Files.write(store.resolve("disk.raw"), new byte[5 * MIB]);
        HostEndpoint host = fixture.host(TIGHT_POOL, home.resolve("relay"));
        relay.cutAt(2 * MIB);
        assertFails(Failure.UNREACHABLE, () -> driver().prepare(host, plan(vm, DISK, 16)), "h1");
        Files.write(tight.resolve("others"), new byte[3 * MIB + MIB / 2]);

        assertFails(Failure.FAILED, () -> driver().prepare(host, plan(vm, DISK, 16)), "h1", TIGHT_POOL, "no room");

        driver().discard(host, vm);
        assertThat(PoolFixture.files(tight)).containsExactly("others");
        Files.delete(tight.resolve("others"));
    }

    @Test
    void aPoolThatFillsUpOnTheWayIsNamedAndKeepsNoPart() throws Exception {
        Files.write(store.resolve("disk.raw"), Arrays.copyOf(Files.readAllBytes(store.resolve("disk.raw")), 3 * MIB));
        HostEndpoint host = fixture.host(SMALL_POOL, home.resolve("relay"));
        relay.doAt(2 * MIB, () -> fill(small.resolve("others")));

        assertFails(Failure.FAILED, () -> driver().prepare(host, plan(vm, DISK, 16)), "h1", SMALL_POOL, "no room");

        driver().discard(host, vm);
        assertThat(PoolFixture.files(small)).containsExactly("others");
        Files.delete(small.resolve("others"));
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            // That was the last of the room.
        }
    }

    @Test
    void aPoolThatIsNotThereIsNamed() throws Exception {
        HostEndpoint host = fixture.host(1, "elsewhere");

        assertFails(Failure.REFUSED, () -> driver().prepare(host, plan(vm, DISK, 16)), "h1", "elsewhere");
        assertFails(Failure.REFUSED, () -> driver().present(host), "h1", "elsewhere");
    }

    @Test
    void aHostThatDoesNotSeeTheDisksDoesNotAdoptThem() throws Exception {
        driver().prepare(relayed, plan(vm, DISK, 16));

        assertFails(Failure.REFUSED, () -> driver().adopt(fixture.host(2, SMALL_POOL), vm), "does not see");
        assertThat(driver().present(relayed)).containsExactly(vm);
    }

    @Test
    void theHostsOwnCopyIsRawSparseAndGrown() throws Exception {
        byte[] content = new byte[4 * MIB];
        content[0] = 1;
        Files.write(store.resolve("plain"), content);
        run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", file("plain"), file("packed"));
        BaseUploads uploads = new BaseUploads(Files.createDirectory(home.resolve("confirmed")), MIB, transfers);

        try (HostPool pool = HostPool.open(relayed)) {
            pool.createFrom("a", 6 * MIB, uploads.bring(pool, "plain", store.resolve("plain"), DiskFormat.RAW));
            pool.createFrom("b", 6 * MIB, uploads.bring(pool, "packed", store.resolve("packed"), DiskFormat.QCOW2));
        }

        for (String copy : List.of("a", "b")) {
            assertThat(Files.readAllBytes(poolDirectory.resolve(copy))).isEqualTo(Arrays.copyOf(content, 6 * MIB));
        }
    }

    @Test
    void aGuestBootsFromWhatWasUploaded() throws Exception {
        DriverSet drivers = LibvirtDrivers.set(
                fixture.local().images(),
                fixture.local().instances(),
                fixture.local().consoles(),
                Set.of(),
                transfers);
        HostEndpoint host = fixture.host(1, POOL);
        BootFiles files = new GuestImages(drivers.images(), "").prepare(host, vm, "", List.of());
        assertThat(files.kernel().orElseThrow()).startsWith(poolDirectory.toString());
        Semaphore events = new Semaphore(0);
        Hypervisor hypervisor = drivers.hypervisor().connect(host, events::release);
        try {
            hypervisor.start(GuestImages.domain(host, vm, 1, files, List.of()));
            awaitConsole(hypervisor, "instance-id: " + GuestImages.instanceId(vm));
        } finally {
            hypervisor.destroy(vm);
            hypervisor.forget(vm);
            hypervisor.close();
        }

        drivers.images().discard(host, vm);
        assertThat(drivers.images().present(host)).isEmpty();
        assertThat(fixture.local().instances()).isEmptyDirectory();
    }

    private void awaitConsole(Hypervisor hypervisor, String words) throws Exception {
        Semaphore never = new Semaphore(0);
        String said = "";
        for (int i = 0; i < 300 && !said.contains(words); i++) {
            said = new String(hypervisor.console(vm, 64 * 1024), StandardCharsets.UTF_8);
            assertThat(never.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(said).contains(words);
    }

    /** A fresh one, as after a crash. */
    private PoolImageDriver driver() throws Exception {
        return new PoolImageDriver(
                "libvirt", new ImageStore(store, ImageFixture.limits(Set.of(), 1 << 20)), transfers, MIB);
    }

    private Path base() throws Exception {
        return poolDirectory.resolve(bases().stream()
                .filter(name -> name.endsWith(".raw"))
                .findFirst()
                .orElseThrow());
    }

    private List<String> bases() throws Exception {
        return PoolFixture.files(poolDirectory).stream()
                .filter(name -> name.matches("xenith-[0-9a-f]{32}\\..*"))
                .toList();
    }

    private String file(String name) {
        return store.resolve(name).toString();
    }

    /** A call that fails. */
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private static void assertFails(Failure failure, Call call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        DriverException.class,
                        e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure))
                .hasMessageContainingAll(words);
    }

    private static void run(String... command) throws DriverException {
        ProcessRunner.Result result = new ProcessRunner(Duration.ofSeconds(20), MIB).run(List.of(command));
        assertThat(result.status()).as(result.output()).isZero();
    }
}
