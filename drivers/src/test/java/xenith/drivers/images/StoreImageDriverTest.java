package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.drivers.images.ImageFixture.HOST;
import static xenith.drivers.images.ImageFixture.image;
import static xenith.drivers.images.ImageFixture.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostId;
import xenith.engine.model.ImageKind;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageFacts;

class StoreImageDriverTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path home;

    private Path store;
    private Path instances;
    private StoreImageDriver driver;

    @BeforeEach
    void makeStore() throws IOException {
        store = Files.createDirectory(home.resolve("images"));
        instances = Files.createDirectory(home.resolve("instances"));
        driver = new StoreImageDriver("libvirt", new ImageStore(store, ImageFixture.limits(Set.of(), MIB)), instances);
        Files.write(store.resolve("disk.raw"), new byte[MIB]);
        Files.writeString(home.resolve("secret"), "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "a/../../secret",
                "/etc/passwd",
                "./disk.raw",
                ".hidden",
                "a//disk.raw",
                "link-out",
                "directory-out/secret",
                "directory",
                "gone",
                "disk.raw/",
                "file:///etc/passwd",
                "ftp://example.org/x",
                "nbd://localhost/x",
                "http://user:password@example.org/x",
                "http:///x",
                "http://127.0.0.1:1/x",
                "http://localhost:1/x",
                "https://[::1]/x",
                "http://169.254.169.254/latest/meta-data",
                "http://0.0.0.0/x",
                "http://224.0.0.1/x",
                "http://[::ffff:127.0.0.1]/x",
                "http://[64:ff9b::7f00:1]/x"
            })
    void aLocationThatLeadsElsewhereIsRefused(String location) throws IOException {
        Files.createSymbolicLink(store.resolve("link-out"), home.resolve("secret"));
        Files.createSymbolicLink(store.resolve("directory-out"), home);
        Files.createDirectory(store.resolve("directory"));

        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, location, DiskFormat.RAW)));
    }

    @Test
    void aRawDiskIsWhatItIs() throws DriverException {
        ImageFacts facts = driver.examine(image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW));

        assertThat(facts).isEqualTo(new ImageFacts(DiskFormat.RAW, MIB, MIB));
        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, "disk.raw", DiskFormat.QCOW2)));
    }

    @Test
    void aQcow2DiskIsRecognisedHoweverItIsCalled() throws Exception {
        qemuImg("create", "-f", "qcow2", store.resolve("disk").toString(), "64M");

        assertThat(driver.examine(image(ImageKind.MACHINE, "disk", DiskFormat.RAW)))
                .extracting(ImageFacts::format, ImageFacts::virtualSizeBytes)
                .containsExactly(DiskFormat.QCOW2, 64L * MIB);
    }

    @Test
    void aQcow2WithABackingFileIsRefused() throws Exception {
        Path base = store.resolve("disk.raw");
        qemuImg(
                "create",
                "-f",
                "qcow2",
                "-F",
                "raw",
                "-b",
                base.toString(),
                store.resolve("child").toString());

        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, "child", DiskFormat.QCOW2)));
    }

    @Test
    void aQcow2WithADataFileIsRefused() throws Exception {
        String options = "data_file=" + store.resolve("data");
        qemuImg("create", "-f", "qcow2", "-o", options, store.resolve("child").toString(), "1M");

        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, "child", DiskFormat.QCOW2)));
    }

    @ParameterizedTest
    @CsvSource({"4, 9", "8, 1", "16, 5", "20, 63", "24, -1", "32, 1", "72, 4", "76, 4", "100, 7", "104, 1145132097"})
    void aHostileHeaderIsRefused(int offset, int value) throws Exception {
        Path file = store.resolve("hostile");
        qemuImg("create", "-f", "qcow2", file.toString(), "1M");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(offset, value);
        Files.write(file, bytes);

        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, "hostile", DiskFormat.QCOW2)));
    }

    @Test
    void aHeaderThatIsCutShortIsRefused() throws Exception {
        Files.write(store.resolve("short"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});

        assertRefused(() -> driver.examine(image(ImageKind.MACHINE, "short", DiskFormat.QCOW2)));
    }

    @Test
    void aCloneIsAsLargeAsAskedForAndKeepsWhatWasWritten() throws Exception {
        UUID vm = UUID.randomUUID();
        var plan = plan(vm, image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 8);

        BootFiles files = driver.prepare(HOST, plan);
        Path clone = Path.of(files.disks().get(0).file());
        assertThat(new QemuImgInfo(clone).virtualSize()).isEqualTo(8L * MIB);
        Files.writeString(clone, "written");
        driver.prepare(HOST, plan);

        assertThat(clone).hasContent("written");
        assertThat(files.disks().get(1).readOnly()).isTrue();
    }

    @Test
    void aXenHostsCloneIsRawAndSparse() throws Exception {
        Files.write(store.resolve("disk.raw"), new byte[] {1, 2, 3});
        HostEndpoint xen = new HostEndpoint(new HostId(3), "h3", "xen+tls://h3/system", Optional.empty(), HOST.cloud());
        UUID vm = UUID.randomUUID();
        var plan = plan(vm, image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 8);

        BootFiles files = driver.prepare(xen, plan);
        BootFiles again = driver.prepare(xen, plan);

        assertThat(again).isEqualTo(files);
        assertThat(files.disks().get(0).format()).isEqualTo(DiskFormat.RAW);
        Path clone = Path.of(files.disks().get(0).file());
        assertThat(Files.size(clone)).isEqualTo(8L * MIB);
        assertThat(Files.readAllBytes(clone)).startsWith(1, 2, 3, 0);
        assertThat(Files.readAllBytes(store.resolve("disk.raw"))).containsExactly(1, 2, 3);
    }

    @Test
    void aQcow2ImageBecomesARawCloneOnXen() throws Exception {
        qemuImg("create", "-f", "qcow2", store.resolve("disk").toString(), "2M");
        HostEndpoint xen = new HostEndpoint(new HostId(3), "h3", "xen:///system", Optional.empty(), HOST.cloud());

        BootFiles files =
                driver.prepare(xen, plan(UUID.randomUUID(), image(ImageKind.MACHINE, "disk", DiskFormat.QCOW2), 1));

        assertThat(files.disks().get(0).format()).isEqualTo(DiskFormat.RAW);
        assertThat(Files.size(Path.of(files.disks().get(0).file()))).isEqualTo(2L * MIB);
    }

    @Test
    void whatAnotherCloudHasIsNotAdopted() throws Exception {
        UUID vm = UUID.randomUUID();
        driver.prepare(HOST, plan(vm, image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 1));
        HostEndpoint others =
                new HostEndpoint(HOST.host(), "h1", "test:///default", Optional.empty(), UUID.randomUUID());

        assertRefused(() -> driver.adopt(others, vm));

        assertThat(driver.present(HOST)).containsExactly(vm);
    }

    @Test
    void aCloneIsNeverSmallerThanItsImage() throws Exception {
        Files.write(store.resolve("large"), new byte[3 * MIB]);

        BootFiles files =
                driver.prepare(HOST, plan(UUID.randomUUID(), image(ImageKind.MACHINE, "large", DiskFormat.RAW), 1));

        assertThat(new QemuImgInfo(Path.of(files.disks().get(0).file())).virtualSize())
                .isEqualTo(3L * MIB);
    }

    @Test
    void whatACrashLeftHalfMadeIsMadeAnew() throws Exception {
        UUID vm = UUID.randomUUID();
        var plan = plan(vm, image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 1);
        Path clone = Path.of(driver.prepare(HOST, plan).disks().get(0).file());
        Files.move(clone, clone.resolveSibling("disk0.qcow2.part"));

        driver.prepare(HOST, plan);

        assertThat(new QemuImgInfo(clone).virtualSize()).isEqualTo(MIB);
    }

    @Test
    void attemptsThatOverlapHaveOneDiskBetweenThem() throws Exception {
        var plan = plan(UUID.randomUUID(), image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 1);

        List<BootFiles> prepared = IntStream.range(0, 6)
                .parallel()
                .mapToObj(attempt -> preparedNow(plan))
                .toList();

        assertThat(Set.copyOf(prepared)).hasSize(1);
        Path disk = Path.of(prepared.get(0).disks().get(0).file());
        assertThat(new QemuImgInfo(disk).virtualSize()).isEqualTo(MIB);
        assertThat(disk.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    private BootFiles preparedNow(BootPlan plan) {
        try {
            return driver.prepare(HOST, plan);
        } catch (DriverException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void anImageThatWasExchangedForAHostileOneIsRefused() throws Exception {
        var plan = plan(UUID.randomUUID(), image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 1);
        Path base = store.resolve("base");
        Files.move(store.resolve("disk.raw"), base);
        qemuImg(
                "create",
                "-f",
                "qcow2",
                "-F",
                "raw",
                "-b",
                base.toString(),
                store.resolve("disk.raw").toString());

        assertRefused(() -> driver.prepare(HOST, plan));
    }

    @Test
    void whatOneHostHasIsNotTheOthers() throws Exception {
        UUID vm = UUID.randomUUID();
        HostEndpoint other = new HostEndpoint(new HostId(2), "h2", "test:///default", Optional.empty(), HOST.cloud());
        driver.prepare(HOST, plan(vm, image(ImageKind.MACHINE, "disk.raw", DiskFormat.RAW), 1));

        driver.discard(other, vm);
        assertThat(driver.present(HOST)).containsExactly(vm);
        assertThat(driver.present(other)).isEmpty();
        driver.discard(HOST, vm);
        driver.discard(HOST, vm);

        assertThat(instances).isEmptyDirectory();
    }

    private interface Call {
        void run() throws DriverException;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.failure())
                .as(e.getMessage())
                .isEqualTo(Failure.REFUSED));
    }

    private static String qemuImg(String... arguments) throws DriverException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        ProcessRunner.Result result = new ProcessRunner(Duration.ofSeconds(20), MIB).run(command);
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    private record QemuImgInfo(Path file) {
        long virtualSize() throws DriverException {
            String info = qemuImg("info", "-f", "qcow2", "--output=json", file.toString());
            return Long.parseLong(
                    info.replaceAll("(?s).*\"virtual-size\": ([0-9]+),.*?\"filename\": \"" + file + ".*", "$1"));
        }
    }
}
