package xenith.drivers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.AccountId;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.BootPlan;
import xenith.engine.port.BootPlan.Card;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;

/**
 * The small guest, from image to domain.
 *
 * @param folder where it is in the image store, with a slash behind it; empty for the store itself
 */
public record GuestImages(ImageDriver driver, String folder) {
    public static final int MEMORY_MIB = 96;

    private static final int DISK_MIB = 128;

    public BootFiles prepare(HostEndpoint host, UUID vm, String userData, List<Card> cards) throws DriverException {
        return driver.prepare(
                host,
                new BootPlan(
                        vm,
                        Optional.of(image(ImageKind.MACHINE, folder + "root.qcow2")),
                        Optional.of(image(ImageKind.KERNEL, folder + "vmlinuz")),
                        Optional.of(image(ImageKind.RAMDISK, folder + "initrd.gz")),
                        "",
                        DISK_MIB,
                        context(vm, userData),
                        cards));
    }

    /** A disk that boots itself. */
    public BootFiles prepareDisk(HostEndpoint host, UUID vm, String file) throws DriverException {
        return driver.prepare(
                host,
                new BootPlan(
                        vm,
                        Optional.of(image(ImageKind.MACHINE, folder + file)),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        DISK_MIB,
                        context(vm, ""),
                        List.of()));
    }

    private static Contextualization context(UUID vm, String userData) {
        return new Contextualization(
                instanceId(vm),
                "guest",
                Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8)),
                List.of("ssh-ed25519 AAAA me"));
    }

    public static String instanceId(UUID vm) {
        return "i-" + vm.toString().substring(0, 8);
    }

    public static DomainSpec domain(HostEndpoint host, UUID vm, long operation, BootFiles boot, List<Nic> nics) {
        return new DomainSpec(
                vm,
                "xenith-" + vm,
                host.cloud(),
                42,
                operation,
                1,
                100,
                MEMORY_MIB,
                Virtualization.PARAVIRTUAL,
                boot,
                nics);
    }

    /** The same domain with more memory, or of another kind. */
    public static DomainSpec changed(DomainSpec small, long memoryMib, Virtualization kind) {
        return new DomainSpec(
                small.uuid(),
                small.name(),
                small.cloud(),
                small.vm(),
                small.operation(),
                small.vcpus(),
                small.cpu(),
                memoryMib,
                kind,
                small.boot(),
                small.nics());
    }

    /** A raw disk of a MiB that is empty. */
    public static Disk spareDisk(Path file) throws IOException {
        Files.write(file, new byte[1 << 20]);
        return new Disk(file.toString(), DiskFormat.RAW, false);
    }

    private Image image(ImageKind kind, String location) throws DriverException {
        Image said = new Image(
                new ImageId(1),
                new AccountId("000000000001"),
                location,
                "",
                kind,
                "x86_64",
                location,
                DiskFormat.RAW,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ImageState.PENDING,
                "",
                Instant.EPOCH);
        ImageFacts facts = driver.examine(said);
        return said.examined(facts.format(), facts.sizeBytes(), facts.virtualSizeBytes());
    }
}
