package xenith.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import xenith.drivers.images.AddressPolicy;
import xenith.drivers.images.FetchLimits;
import xenith.drivers.images.ImageStore;
import xenith.drivers.images.StoreImageDriver;
import xenith.drivers.sim.SimHypervisorDriver;
import xenith.drivers.sim.SimImageDriver;
import xenith.drivers.sim.SimNetworkDriver;
import xenith.drivers.sim.SimWorld;
import xenith.engine.port.DriverSet;

/** The drivers of hosts whose {@code driver} is {@code sim}. */
public final class SimDrivers {
    private static final long MAX_IMAGE_BYTES = 1L << 30;
    private static final long MAX_FETCHED_BYTES = 4L << 30;
    private static final Duration FETCH_TIME = Duration.ofMinutes(10);
    private static final int MAX_REDIRECTS = 5;

    private SimDrivers() {}

    /**
     * The set of one world.
     *
     * @param images the image store; made when it is not there. Only the sizes of its images matter.
     * @param allowedAddresses {@code host:port}s that image locations may name although they lead to this machine
     */
    public static DriverSet set(SimWorld world, Path images, Set<String> allowedAddresses) throws IOException {
        Files.createDirectories(images);
        FetchLimits limits = new FetchLimits(
                new AddressPolicy(allowedAddresses), MAX_IMAGE_BYTES, MAX_FETCHED_BYTES, FETCH_TIME, MAX_REDIRECTS);
        StoreImageDriver examiner =
                new StoreImageDriver(SimHypervisorDriver.NAME, new ImageStore(images, limits), images);
        return new DriverSet(
                new SimHypervisorDriver(world),
                new SimImageDriver(world, images, examiner),
                new SimNetworkDriver(world));
    }
}
