package xenith.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.AccountId;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DriverException.Failure;

/** What {@link ImageDriver} promises, one sentence a test. Every image driver passes it. */
public abstract class ImageDriverContract {
    private static final int MIB = 1024 * 1024;
    private static final int QCOW2_HEADER_BYTES = 104;

    @TempDir
    Path elsewhere;

    private final List<UUID> prepared = new ArrayList<>();

    /** The driver under test. */
    protected abstract ImageDriver driver();

    /** A host that the driver serves. The same one throughout a test. */
    protected abstract HostEndpoint host();

    /** Another host of the same cloud and store. */
    protected abstract HostEndpoint otherHost();

    /** The directory that the driver's image locations are relative to. */
    protected abstract Path store();

    /** Writes something to the clone, as its guest would. Where clones are not files, the subclass knows how. */
    protected void write(UUID vm, Disk clone) throws Exception {
        Files.write(Path.of(clone.file()), new byte[] {42}, StandardOpenOption.APPEND);
    }

    /** Whether the clone still has what {@link #write} wrote. */
    protected boolean isWritten(UUID vm, Disk clone) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(clone.file()));
        return bytes.length > 0 && bytes[bytes.length - 1] == 42;
    }

    /** Makes the driver ready; called before anything else of a test. */
    protected void openDriver() throws Exception {}

    /** Called after everything else of a test. */
    protected void closeDriver() throws Exception {}

    @BeforeEach
    final void openBeforeEach() throws Exception {
        openDriver();
    }

    @AfterEach
    final void nothingOfTheSuiteIsLeft() throws Exception {
        try {
            for (UUID vm : prepared) {
                driver().discard(host(), vm);
                driver().discard(otherHost(), vm);
                assertThat(driver().present(host())).doesNotContain(vm);
                assertThat(driver().present(otherHost())).doesNotContain(vm);
            }
        } finally {
            closeDriver();
        }
    }

    @Test
    void aFileOfTheStoreIsExamined() throws Exception {
        file("plain.img", MIB);

        assertThat(driver().examine(image("plain.img", DiskFormat.RAW)))
                .isEqualTo(new ImageFacts(DiskFormat.RAW, MIB, MIB));
    }

    @Test
    void aFileInAFolderOfTheStoreMayBeNamed() throws Exception {
        Files.createDirectories(store().resolve("folder"));
        file("folder/plain.img", MIB);

        assertThat(driver().examine(image("folder/plain.img", DiskFormat.RAW)).sizeBytes())
                .isEqualTo(MIB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.img",
                "folder/../../outside.img",
                "/etc/hostname",
                "file:///etc/hostname",
                "missing.img",
                "ftp://example.org/x",
                "http://127.0.0.1:1/x.img",
                "http://127.1.2.3/x.img",
                "http://[::1]:1/x.img",
                "http://169.254.169.254/latest/meta-data",
                "https://localhost:1/x.img",
                "http://0.0.0.0/x.img"
            })
    void whatMayNotBeNamedIsRefusedByName(String location) throws Exception {
        Files.write(store().resolveSibling("outside.img"), new byte[512]);
        Image image = image(location, DiskFormat.RAW);

        try {
            assertRefused(() -> driver().examine(image));
        } finally {
            Files.deleteIfExists(store().resolveSibling("outside.img"));
        }
    }

    @Test
    void aLinkOutOfTheStoreIsRefused() throws Exception {
        Path outside = Files.write(elsewhere.resolve("secret.img"), new byte[512]);
        Files.createSymbolicLink(store().resolve("link.img"), outside);
        Files.createSymbolicLink(store().resolve("linked"), elsewhere);

        assertRefused(() -> driver().examine(image("link.img", DiskFormat.RAW)));
        assertRefused(() -> driver().examine(image("linked/secret.img", DiskFormat.RAW)));
    }

    @Test
    void aQcow2WithABackingFileIsRefused() throws Exception {
        byte[] header = qcow2Header();
        ByteBuffer.wrap(header).putLong(8, QCOW2_HEADER_BYTES).putInt(16, 11);
        Files.write(store().resolve("backed.qcow2"), header);

        assertRefusedSaying("backing", image("backed.qcow2", DiskFormat.QCOW2));
        assertRefusedSaying("backing", image("backed.qcow2", DiskFormat.RAW));
    }

    @Test
    void aQcow2WithAnExternalDataFileIsRefused() throws Exception {
        byte[] header = qcow2Header();
        ByteBuffer.wrap(header).putLong(72, 4);
        Files.write(store().resolve("external.qcow2"), header);

        assertRefusedSaying("data file", image("external.qcow2", DiskFormat.QCOW2));
    }

    @Test
    void aCloneIsItsMachinesOwn() throws Exception {
        byte[] content = file("base.img", MIB);
        UUID one = vm();
        UUID other = vm();

        Disk first = clone(driver().prepare(host(), plan(one, "base.img")));
        Disk second = clone(driver().prepare(host(), plan(other, "base.img")));
        write(one, first);

        assertThat(first.file()).isNotEqualTo(second.file());
        assertThat(isWritten(other, second)).isFalse();
        assertThat(Files.readAllBytes(store().resolve("base.img"))).isEqualTo(content);
    }

    @Test
    void aCloneThatIsThereIsKeptWithWhatWasWritten() throws Exception {
        file("base.img", MIB);
        UUID vm = vm();
        BootFiles before = driver().prepare(host(), plan(vm, "base.img"));
        write(vm, clone(before));

        BootFiles again = driver().prepare(host(), plan(vm, "base.img"));

        assertThat(again).isEqualTo(before);
        assertThat(isWritten(vm, clone(again))).isTrue();
    }

    @Test
    void theGuestIsGivenASeedThatItCannotWrite() throws Exception {
        file("base.img", MIB);

        BootFiles files = driver().prepare(host(), plan(vm(), "base.img"));

        assertThat(files.disks()).hasSize(2);
        assertThat(files.disks().get(0).readOnly()).isFalse();
        assertThat(files.disks().get(1).readOnly()).isTrue();
    }

    @Test
    void aKernelAndARamdiskComeWithTheirArguments() throws Exception {
        file("kernel", 4096);
        file("ramdisk", 8192);
        BootPlan plan = new BootPlan(
                vm(),
                Optional.empty(),
                Optional.of(image("kernel", ImageKind.KERNEL, DiskFormat.RAW)),
                Optional.of(image("ramdisk", ImageKind.RAMDISK, DiskFormat.RAW)),
                "quiet",
                10,
                context(),
                List.of());

        BootFiles files = driver().prepare(host(), plan);

        assertThat(files.kernel()).isPresent();
        assertThat(files.ramdisk()).isPresent().isNotEqualTo(files.kernel());
        assertThat(files.kernelArguments()).isEqualTo("quiet");
    }

    @Test
    void anImageWhoseFileIsGoneIsRefusedByName() throws Exception {
        file("fleeting.img", MIB);
        driver().examine(image("fleeting.img", DiskFormat.RAW));
        Files.delete(store().resolve("fleeting.img"));

        assertThatThrownBy(() -> driver().prepare(host(), plan(vm(), "fleeting.img")))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                .hasMessageContaining("fleeting.img");
    }

    @Test
    void whatIsPreparedIsPresentUntilItIsDiscarded() throws Exception {
        file("base.img", MIB);
        UUID vm = vm();
        assertThat(driver().present(host())).doesNotContain(vm);
        driver().prepare(host(), plan(vm, "base.img"));
        assertThat(driver().present(host())).contains(vm);

        driver().discard(host(), vm);
        driver().discard(host(), vm);

        assertThat(driver().present(host())).doesNotContain(vm);
    }

    @Test
    void anAdoptedMachineIsTheOtherHostsWithWhatItsGuestWrote() throws Exception {
        file("base.img", MIB);
        UUID vm = vm();
        Disk clone = clone(driver().prepare(host(), plan(vm, "base.img")));
        write(vm, clone);

        driver().adopt(otherHost(), vm);
        driver().adopt(otherHost(), vm);
        driver().discard(host(), vm);

        assertThat(driver().present(host())).doesNotContain(vm);
        assertThat(driver().present(otherHost())).contains(vm);
        Disk there = clone(driver().prepare(otherHost(), plan(vm, "base.img")));
        assertThat(there.format()).isEqualTo(clone.format());
        assertThat(isWritten(vm, there)).isTrue();
    }

    @Test
    void adoptingWhatIsNowhereReturns() throws Exception {
        UUID vm = UUID.randomUUID();

        driver().adopt(host(), vm);

        assertThat(driver().present(host())).doesNotContain(vm);
    }

    @Test
    void discardingWhatWasNeverThereReturns() {
        assertThatCode(() -> driver().discard(host(), UUID.randomUUID())).doesNotThrowAnyException();
    }

    @Test
    void everyMachineHasAMemoryFileOfItsOwn() throws Exception {
        UUID vm = UUID.randomUUID();

        assertThat(driver().memoryFile(host(), vm)).isEqualTo(driver().memoryFile(host(), vm));
        assertThat(driver().memoryFile(host(), vm)).isNotEqualTo(driver().memoryFile(host(), UUID.randomUUID()));
    }

    private UUID vm() {
        UUID vm = UUID.randomUUID();
        prepared.add(vm);
        return vm;
    }

    private static Disk clone(BootFiles files) {
        return files.disks().get(0);
    }

    private byte[] file(String name, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 7);
        Files.write(store().resolve(name), content);
        return content;
    }

    private BootPlan plan(UUID vm, String location) {
        return new BootPlan(
                vm,
                Optional.of(image(location, DiskFormat.RAW)),
                Optional.empty(),
                Optional.empty(),
                "",
                10,
                context(),
                List.of());
    }

    private static Contextualization context() {
        return new Contextualization("i-1", "guest", "aGVsbG8=", List.of());
    }

    /** A version 3 header of a disk of 1 MiB, which stands alone. */
    private static byte[] qcow2Header() {
        ByteBuffer header = ByteBuffer.allocate(65536);
        header.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, 16).putLong(24, MIB);
        header.putInt(100, QCOW2_HEADER_BYTES);
        return header.array();
    }

    private static Image image(String location, DiskFormat format) {
        return image(location, ImageKind.MACHINE, format);
    }

    private static Image image(String location, ImageKind kind, DiskFormat format) {
        return new Image(
                new ImageId(1),
                new AccountId("100000000001"),
                "image",
                "",
                kind,
                "x86_64",
                location,
                format,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ImageState.PENDING,
                "",
                Instant.EPOCH);
    }

    /** A call that may fail. */
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.failure())
                .as(e.getMessage())
                .isEqualTo(Failure.REFUSED));
    }

    private void assertRefusedSaying(String word, Image image) {
        assertRefused(() -> driver().examine(image));
        assertThatThrownBy(() -> driver().examine(image)).hasMessageContaining(word);
    }
}
