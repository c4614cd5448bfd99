package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import xenith.drivers.libvirt.HostUri;
import xenith.engine.model.Image;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;

/** Sends each call to the module of its host: the pool's, where the host's URI names one, or else the shared store's. */
public final class RoutedImageDriver implements ImageDriver {
    private final StoreImageDriver shared;
    private final PoolImageDriver pools;
    private final Path instances;

    /** @param instances where hosts that see the store have their machines' clones */
    public RoutedImageDriver(StoreImageDriver shared, PoolImageDriver pools, Path instances) {
        this.shared = shared;
        this.pools = pools;
        this.instances = instances;
    }

    private static boolean hasPool(HostEndpoint host) throws DriverException {
        return HostUri.parse(host.uri()).pool().isPresent();
    }

    private ImageDriver of(HostEndpoint host) throws DriverException {
        return hasPool(host) ? pools : shared;
    }

    @Override
    public String name() {
        return shared.name();
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        return shared.examine(image);
    }

    @Override
    public BootFiles prepare(HostEndpoint host, BootPlan plan) throws DriverException {
        return of(host).prepare(host, plan);
    }

    @Override
    public void adopt(HostEndpoint host, UUID vm) throws DriverException {
        try {
            boolean unseen = hasPool(host) ? Files.exists(instances.resolve(vm.toString())) : pools.knows(vm);
            if (unseen) {
                throw new DriverException(
                        Failure.REFUSED, "host " + host.name() + " does not see what another host has of " + vm);
            }
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "adopting " + vm + ": " + e.getMessage(), e);
        }
        of(host).adopt(host, vm);
    }

    @Override
    public String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        return of(host).memoryFile(host, vm);
    }

    @Override
    public void discard(HostEndpoint host, UUID vm) throws DriverException {
        of(host).discard(host, vm);
    }

    @Override
    public Set<UUID> present(HostEndpoint host) throws DriverException {
        return of(host).present(host);
    }
}
