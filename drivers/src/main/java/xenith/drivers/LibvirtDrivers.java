package xenith.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import xenith.drivers.images.AddressPolicy;
import xenith.drivers.images.FetchLimits;
import xenith.drivers.images.ImageStore;
import xenith.drivers.images.PoolImageDriver;
import xenith.drivers.images.RoutedImageDriver;
import xenith.drivers.images.StoreImageDriver;
import xenith.drivers.images.Transfers;
import xenith.drivers.libvirt.LibvirtHypervisorDriver;
import xenith.drivers.network.LibvirtNetworkDriver;
import xenith.engine.port.DriverSet;

/** The drivers of hosts whose {@code driver} is {@code libvirt}. */
public final class LibvirtDrivers {
    public static final String NAME = "libvirt";

    /** A full installation of most systems fits, and a disk is not filled by one call. */
    private static final long MAX_IMAGE_BYTES = 16L << 30;

    private static final long MAX_FETCHED_BYTES = 200L << 30;
    private static final Duration FETCH_TIME = Duration.ofMinutes(10);
    private static final int MAX_REDIRECTS = 5;

    private LibvirtDrivers() {}

    /**
     * The set. Directories that are not there are made.
     *
     * @param images the image store
     * @param instances where virtual machines' clones, seeds and saved memory are
     * @param consoles where consoles' logs are; whoever starts libvirtd bounds their sizes
     * @param allowedAddresses {@code host:port}s that image locations may name although they lead to this machine
     */
    public static DriverSet set(Path images, Path instances, Path consoles, Set<String> allowedAddresses)
            throws IOException {
        return set(images, instances, consoles, allowedAddresses, new Transfers());
    }

    /**
     * {@link #set(Path, Path, Path, Set)} for who wants to see uploads.
     *
     * @param transfers is told of uploads to hosts' pools
     */
    public static DriverSet set(
            Path images, Path instances, Path consoles, Set<String> allowedAddresses, Transfers transfers)
            throws IOException {
        Files.createDirectories(images);
        Files.createDirectories(instances);
        Files.createDirectories(consoles);
        FetchLimits limits = new FetchLimits(
                new AddressPolicy(allowedAddresses), MAX_IMAGE_BYTES, MAX_FETCHED_BYTES, FETCH_TIME, MAX_REDIRECTS);
        ImageStore store = new ImageStore(images, limits);
        return new DriverSet(
                new LibvirtHypervisorDriver(NAME, instances, consoles),
                new RoutedImageDriver(
                        new StoreImageDriver(NAME, store, instances),
                        new PoolImageDriver(NAME, store, transfers),
                        instances),
                new LibvirtNetworkDriver(NAME));
    }
}
