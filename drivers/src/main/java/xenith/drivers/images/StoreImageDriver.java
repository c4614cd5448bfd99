package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xenith.drivers.libvirt.HostUri;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;

/**
 * Images in a directory that every host of the driver sees under the same path; clones beside them, in a directory of
 * each machine: copy-on-write for QEMU, whole and sparse for Xen. Kernels and ramdisks are used in place.
 */
public final class StoreImageDriver implements ImageDriver {
    private static final long BYTES_PER_MIB = 1024 * 1024;
    private static final String SEED = "seed.img";
    private static final String MEMORY = "memory";

    private final String name;
    private final Path instances;
    private final ImageStore store;
    private final QemuImg qemuImg = new QemuImg();
    private final KeyedLocks locks = new KeyedLocks();

    /**
     * @param name what hosts carry as their driver
     * @param instances where clones are made; must be there
     */
    public StoreImageDriver(String name, ImageStore store, Path instances) {
        this.name = name;
        this.store = store;
        this.instances = instances.toAbsolutePath();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        return store.examine(image);
    }

    @Override
    public BootFiles prepare(HostEndpoint host, BootPlan plan) throws DriverException {
        // An attempt that was given up may still copy: the next one takes what it makes.
        KeyedLocks.Held held = locks.hold(plan.vm().toString());
        try {
            return prepareAlone(host, plan);
        } finally {
            held.close();
        }
    }

    private BootFiles prepareAlone(HostEndpoint host, BootPlan plan) throws DriverException {
        InstanceDirectory directory = new InstanceDirectory(instances, host, plan.vm());
        try {
            directory.create();
            List<Disk> disks = new ArrayList<>();
            if (plan.disk().isPresent()) {
                disks.add(clone(directory, plan, plan.disk().get(), wanted(host)));
            }
            Path seed = directory.write(SEED, Seed.of(plan.context(), plan.cards()));
            disks.add(new Disk(seed.toString(), DiskFormat.RAW, true));
            return new BootFiles(
                    inPlace(plan.kernel(), plan.vm()),
                    inPlace(plan.ramdisk(), plan.vm()),
                    plan.kernelArguments(),
                    disks);
        } catch (IOException e) {
            throw failed("host " + host.name() + ": preparing " + plan.vm(), e);
        } catch (DriverException e) {
            throw new DriverException(e.failure(), "host " + host.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Xen hosts move machines while they run, and for a moment both have the disk open: what one of them remembers of a
     * qcow2 file's tables would then be wrong. A raw file has none.
     */
    private static DiskFormat wanted(HostEndpoint host) throws DriverException {
        return HostUri.parse(host.uri()).driver().equals("xen") ? DiskFormat.RAW : DiskFormat.QCOW2;
    }

    private Disk clone(InstanceDirectory directory, BootPlan plan, Image image, DiskFormat wanted)
            throws DriverException, IOException {
        for (DiskFormat format : DiskFormat.values()) {
            Path there = directory.file(disk(format));
            if (Files.exists(there)) {
                return new Disk(there.toString(), format, false);
            }
        }
        Path base = wanted == DiskFormat.RAW ? store.file(image) : store.hold(image, plan.vm());
        ImageFacts now = store.unchanged(image, base);
        Path part = directory.file(disk(wanted) + ".part");
        Files.deleteIfExists(part);
        long sizeBytes = Math.max(now.virtualSizeBytes(), plan.diskMib() * BYTES_PER_MIB);
        try {
            if (wanted == DiskFormat.RAW) {
                qemuImg.copy(base, now.format(), part, sizeBytes);
            } else {
                qemuImg.clone(base, now.format(), part, sizeBytes);
            }
        } catch (DriverException e) {
            // What has no room must not take what is left.
            Files.deleteIfExists(part);
            throw e;
        }
        Path clone = Files.move(part, directory.file(disk(wanted)), StandardCopyOption.ATOMIC_MOVE);
        return new Disk(clone.toString(), wanted, false);
    }

    private static String disk(DiskFormat format) {
        return "disk0." + format.name().toLowerCase(Locale.ROOT);
    }

    private Optional<String> inPlace(Optional<Image> image, UUID vm) throws DriverException {
        if (image.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(store.hold(image.get(), vm).toString());
    }

    @Override
    public void adopt(HostEndpoint host, UUID vm) throws DriverException {
        try {
            new InstanceDirectory(instances, host, vm).adopt();
        } catch (IOException e) {
            throw failed("adopting " + vm, e);
        }
    }

    @Override
    public String memoryFile(HostEndpoint host, UUID vm) {
        return new InstanceDirectory(instances, host, vm).file(MEMORY).toString();
    }

    @Override
    public void discard(HostEndpoint host, UUID vm) throws DriverException {
        try {
            new InstanceDirectory(instances, host, vm).remove();
            store.release(vm);
        } catch (IOException e) {
            throw failed("discarding " + vm, e);
        }
    }

    @Override
    public Set<UUID> present(HostEndpoint host) throws DriverException {
        try {
            return InstanceDirectory.of(instances, host);
        } catch (IOException e) {
            throw failed("clones on " + host.name(), e);
        }
    }

    private static DriverException failed(String what, IOException e) {
        return new DriverException(
                Failure.FAILED, what + ": " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
}
