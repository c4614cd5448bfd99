package xenith.drivers.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xenith.drivers.images.HostPool.Volume;
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
 * Images for hosts that do not see the store: uploaded through libvirt into a storage pool of the host, where clones are
 * made. Nothing but the connection to libvirt is needed.
 */
public final class PoolImageDriver implements ImageDriver {
    private static final long BYTES_PER_MIB = 1024 * 1024;
    private static final int SEGMENT_BYTES = 32 * 1024 * 1024;
    /** A fresh clone's tables. */
    private static final long CLONE_BYTES = BYTES_PER_MIB;

    private final String name;
    private final ImageStore store;
    private final Placements placements;
    private final BaseUploads uploads;
    private final KeyedLocks locks = new KeyedLocks();

    /**
     * @param name what hosts carry as their driver
     * @param transfers is told of uploads
     */
    public PoolImageDriver(String name, ImageStore store, Transfers transfers) throws IOException {
        this(name, store, transfers, SEGMENT_BYTES);
    }

    PoolImageDriver(String name, ImageStore store, Transfers transfers, int segmentBytes) throws IOException {
        this.name = name;
        this.store = store;
        this.placements = new Placements(store.own(".placed"));
        this.uploads = new BaseUploads(store.own(".uploads"), segmentBytes, transfers);
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether some host's pool is known to have the machine's disks. */
    boolean knows(UUID vm) throws IOException {
        return placements.hostOf(vm).isPresent();
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        return store.examine(image);
    }

    @Override
    public BootFiles prepare(HostEndpoint host, BootPlan plan) throws DriverException {
        // An attempt that was given up may still have the host copy: the next one takes what it makes.
        KeyedLocks.Held held = locks.hold(plan.vm().toString());
        try {
            return prepareAlone(host, plan);
        } finally {
            held.close();
        }
    }

    private BootFiles prepareAlone(HostEndpoint host, BootPlan plan) throws DriverException {
        VolumeNames names = new VolumeNames(host);
        try (HostPool pool = HostPool.open(host)) {
            // Another host may share the directory.
            pool.refreshUnlessBusy();
            own(pool, names, plan.vm());
            List<Disk> disks = new ArrayList<>();
            if (plan.disk().isPresent()) {
                disks.add(clone(pool, names, plan, plan.disk().get()));
            }
            disks.add(seed(pool, names.seed(plan.vm()), Seed.of(plan.context(), plan.cards())));
            return new BootFiles(
                    brought(pool, plan.kernel()), brought(pool, plan.ramdisk()), plan.kernelArguments(), disks);
        } catch (IOException e) {
            throw failed("preparing " + plan.vm(), e);
        }
    }

    /** Its owner is there before anything else is, so that what is half made is found. */
    private void own(HostPool pool, VolumeNames names, UUID vm) throws DriverException, IOException {
        Optional<String> owner = owner(pool, names, vm);
        if (owner.isPresent() && !owner.get().equals(names.owner(vm))) {
            throw new DriverException(Failure.REFUSED, pool + ": " + vm + " is another host's");
        }
        placements.put(vm, pool.host());
        pool.create(names.owner(vm), 0);
    }

    private static Optional<String> owner(HostPool pool, VolumeNames names, UUID vm) throws DriverException {
        List<String> owners = pool.names().stream()
                .filter(volume -> volume.startsWith(names.ownerPrefix(vm)))
                .toList();
        // Two are there when an adoption was cut off: then it had begun, and nobody else has it.
        return owners.contains(names.owner(vm))
                ? Optional.of(names.owner(vm))
                : owners.stream().findFirst();
    }

    private Disk clone(HostPool pool, VolumeNames names, BootPlan plan, Image image)
            throws DriverException, IOException {
        for (DiskFormat format : DiskFormat.values()) {
            String volume = names.disk(plan.vm(), format);
            Optional<Volume> there = pool.find(volume);
            if (there.isPresent() && pool.find(VolumeNames.whole(volume)).isPresent()) {
                return new Disk(there.get().path(), format, false);
            }
        }
        Path file = store.file(image);
        ImageFacts now = store.unchanged(image, file);
        String base = uploads.bring(pool, image.location(), file, now.format());
        DiskFormat format = pool.isXen() ? DiskFormat.RAW : DiskFormat.QCOW2;
        String volume = names.disk(plan.vm(), format);
        pool.delete(volume);
        make(pool, volume, base, now, Math.max(now.virtualSizeBytes(), plan.diskMib() * BYTES_PER_MIB));
        pool.create(VolumeNames.whole(volume), 0);
        return new Disk(found(pool, volume).path(), format, false);
    }

    private static void make(HostPool pool, String volume, String base, ImageFacts facts, long bytes)
            throws DriverException {
        Volume from = found(pool, base);
        if (!pool.isXen()) {
            pool.requireRoom("a clone", CLONE_BYTES);
            pool.createOver(volume, bytes, from, facts.format());
            return;
        }
        pool.requireRoom("a clone", from.allocationBytes());
        refuseDisguised(pool, found(pool, base), facts.format());
        pool.createFrom(volume, bytes, base);
    }

    /**
     * The host copies what it takes the base for, and of some formats a file names other files of the host. An ISO image
     * is copied as what it is.
     */
    private static void refuseDisguised(HostPool pool, Volume base, DiskFormat format) throws DriverException {
        Set<String> expected = format == DiskFormat.RAW ? Set.of("raw", "iso") : Set.of("qcow2");
        if (!expected.contains(base.format())) {
            throw new DriverException(
                    Failure.REFUSED,
                    pool + ": the image is " + format.name().toLowerCase(Locale.ROOT) + ", and looks like "
                            + base.format());
        }
    }

    /** Written unless it holds just that. */
    private static Disk seed(HostPool pool, String volume, byte[] content) throws DriverException {
        ByteArrayOutputStream there = new ByteArrayOutputStream();
        if (pool.find(volume).map(Volume::capacityBytes).orElse(-1L) == content.length) {
            pool.download(volume, content.length, (bytes, length) -> there.write(bytes, 0, length));
        }
        if (!Arrays.equals(there.toByteArray(), content)) {
            pool.delete(volume);
            pool.requireRoom("a seed", content.length);
            pool.create(volume, content.length);
            pool.upload(volume, 0, content);
        }
        return new Disk(found(pool, volume).path(), DiskFormat.RAW, true);
    }

    private Optional<String> brought(HostPool pool, Optional<Image> image) throws DriverException {
        if (image.isEmpty()) {
            return Optional.empty();
        }
        String volume = uploads.bring(pool, image.get().location(), store.file(image.get()), DiskFormat.RAW);
        return Optional.of(found(pool, volume).path());
    }

    private static Volume found(HostPool pool, String volume) throws DriverException {
        return pool.find(volume)
                .orElseThrow(
                        () -> new DriverException(Failure.FAILED, pool + ": volume " + volume + " was taken away"));
    }

    @Override
    public void adopt(HostEndpoint host, UUID vm) throws DriverException {
        VolumeNames names = new VolumeNames(host);
        try (HostPool pool = HostPool.open(host)) {
            pool.refresh();
            Optional<String> owner = owner(pool, names, vm);
            if (owner.isEmpty()) {
                refuseWhatIsElsewhere(host, vm);
                return;
            }
            pool.create(names.owner(vm), 0);
            for (String volume : pool.names()) {
                if (volume.startsWith(names.ownerPrefix(vm)) && !volume.equals(names.owner(vm))) {
                    pool.delete(volume);
                }
            }
            placements.put(vm, host);
        } catch (IOException e) {
            throw failed("adopting " + vm, e);
        }
    }

    private void refuseWhatIsElsewhere(HostEndpoint host, UUID vm) throws IOException, DriverException {
        Optional<String> elsewhere = placements.hostOf(vm);
        if (elsewhere.isPresent()
                && !elsewhere.get().equals(Long.toString(host.host().value()))) {
            throw new DriverException(
                    Failure.REFUSED,
                    "host " + host.name() + " does not see what host number " + elsewhere.get() + " has of " + vm);
        }
    }

    @Override
    public String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        try (HostPool pool = HostPool.open(host)) {
            return pool.directory() + "/" + new VolumeNames(host).memory(vm);
        }
    }

    @Override
    public void discard(HostEndpoint host, UUID vm) throws DriverException {
        VolumeNames names = new VolumeNames(host);
        try (HostPool pool = HostPool.open(host)) {
            pool.refresh();
            if (owner(pool, names, vm).equals(Optional.of(names.owner(vm)))) {
                for (String volume : pool.names()) {
                    if (volume.startsWith(names.prefix(vm)) && !volume.equals(names.owner(vm))) {
                        pool.delete(volume);
                    }
                }
                pool.delete(names.owner(vm));
            }
            placements.remove(vm, host);
        } catch (IOException e) {
            throw failed("discarding " + vm, e);
        }
    }

    @Override
    public Set<UUID> present(HostEndpoint host) throws DriverException {
        VolumeNames names = new VolumeNames(host);
        Set<UUID> found = new HashSet<>();
        try (HostPool pool = HostPool.open(host)) {
            pool.refreshUnlessBusy();
            pool.names().forEach(volume -> names.owned(volume).ifPresent(found::add));
        }
        return Set.copyOf(found);
    }

    private static DriverException failed(String what, IOException e) {
        return new DriverException(
                Failure.FAILED, what + ": " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
}
