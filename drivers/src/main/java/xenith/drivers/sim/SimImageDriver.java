package xenith.drivers.sim;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/** Real images in a real store, and clones of them that are entries of simulated hosts. */
public final class SimImageDriver implements ImageDriver {
    private final SimWorld world;
    private final Path store;
    private final ImageDriver examiner;

    /**
     * @param store where images' locations begin
     * @param examiner whoever examines images of that store; nothing else of it is used
     */
    public SimImageDriver(SimWorld world, Path store, ImageDriver examiner) {
        this.world = world;
        this.store = store.toAbsolutePath();
        this.examiner = examiner;
    }

    @Override
    public String name() {
        return SimHypervisorDriver.NAME;
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        return examiner.examine(image);
    }

    @Override
    public BootFiles prepare(HostEndpoint endpoint, BootPlan plan) throws DriverException {
        SimHost host = host(endpoint);
        return new SimLine(world, host).call(SimCall.PREPARE, draws -> {
            boolean cloned = host.find(SimKind.CLONE, plan.vm()).isPresent();
            if (!cloned) {
                lookAt(plan.disk());
                SimClone clone = new SimClone(plan.vm(), plan.diskMib(), 0, plan.context());
                world.ledger().change(() -> List.of(SimChange.put(SimKind.CLONE, host.name(), plan.vm(), clone)));
            }
            List<Disk> disks = new ArrayList<>();
            if (plan.disk().isPresent()) {
                disks.add(new Disk(SimFiles.name(host, plan.vm(), "disk"), DiskFormat.QCOW2, false));
            }
            disks.add(new Disk(SimFiles.name(host, plan.vm(), "seed"), DiskFormat.RAW, true));
            return new BootFiles(
                    inPlace(host, plan, plan.kernel()),
                    inPlace(host, plan, plan.ramdisk()),
                    plan.kernelArguments(),
                    disks);
        });
    }

    /** Kernels and ramdisks are used where they are; those that came from an address, the host has by now. */
    private Optional<String> inPlace(SimHost host, BootPlan plan, Optional<Image> image) throws DriverException {
        Optional<Path> file = lookAt(image);
        if (image.isEmpty() || file.isPresent()) {
            return file.map(Path::toString);
        }
        return Optional.of(SimFiles.name(host, plan.vm(), "image-" + image.get().id()));
    }

    /** Where the image's file is; empty for one that came from an address. It was examined when it was registered. */
    private Optional<Path> lookAt(Optional<Image> image) throws DriverException {
        if (image.isEmpty() || image.get().location().contains("://")) {
            return Optional.empty();
        }
        String location = image.get().location();
        try {
            Path file = store.resolve(location);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException e) {
            throw new DriverException(Failure.REFUSED, "image location '" + location + "': " + e.getReason(), e);
        }
        throw new DriverException(Failure.REFUSED, "image location '" + location + "' is not in the image store");
    }

    @Override
    public void adopt(HostEndpoint endpoint, UUID vm) throws DriverException {
        SimHost host = host(endpoint);
        String here = memoryFile(endpoint, vm);
        new SimLine(world, host).call(SimCall.ADOPT, draws -> {
            world.ledger().change(() -> {
                List<SimChange> changes = new ArrayList<>();
                for (SimHost other :
                        world.ledger().hosts().filter(one -> one != host).toList()) {
                    String there = SimFiles.name(other, vm, "memory");
                    other.find(SimKind.CLONE, vm).ifPresent(clone -> {
                        changes.add(SimChange.remove(SimKind.CLONE, other.name(), vm));
                        changes.add(SimChange.put(SimKind.CLONE, host.name(), vm, clone));
                    });
                    other.find(SimKind.MEMORY, there).ifPresent(saved -> {
                        changes.add(SimChange.remove(SimKind.MEMORY, other.name(), there));
                        changes.add(SimChange.put(SimKind.MEMORY, host.name(), here, saved));
                    });
                }
                return changes;
            });
            return null;
        });
    }

    @Override
    public String memoryFile(HostEndpoint endpoint, UUID vm) throws DriverException {
        return SimFiles.name(host(endpoint), vm, "memory");
    }

    @Override
    public void discard(HostEndpoint endpoint, UUID vm) throws DriverException {
        SimHost host = host(endpoint);
        String memory = memoryFile(endpoint, vm);
        new SimLine(world, host).call(SimCall.DISCARD, draws -> {
            world.ledger().change(() -> {
                List<SimChange> changes = new ArrayList<>();
                host.find(SimKind.CLONE, vm)
                        .ifPresent(clone -> changes.add(SimChange.remove(SimKind.CLONE, host.name(), vm)));
                host.find(SimKind.MEMORY, memory)
                        .ifPresent(saved -> changes.add(SimChange.remove(SimKind.MEMORY, host.name(), memory)));
                return changes;
            });
            return null;
        });
    }

    @Override
    public Set<UUID> present(HostEndpoint endpoint) throws DriverException {
        SimHost host = host(endpoint);
        return new SimLine(world, host).call(SimCall.PRESENT, draws -> Stream.concat(
                        host.all(SimKind.CLONE).map(SimClone::vm),
                        host.all(SimKind.MEMORY).map(SimMemory::vm))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private SimHost host(HostEndpoint endpoint) throws DriverException {
        return world.ledger().host(SimUri.parse(endpoint.uri()).host());
    }
}
