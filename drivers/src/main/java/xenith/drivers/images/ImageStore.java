package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import xenith.drivers.images.ImageLocations.Address;
import xenith.drivers.images.ImageLocations.Location;
import xenith.drivers.images.ImageLocations.StoredFile;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageKind;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.ImageFacts;

/** This machine's images: a directory, and in it what was fetched from addresses. Thread-safe. */
public final class ImageStore {
    private final Path directory;
    private final ImageLocations locations;
    private final FetchedImages fetched;
    private final QemuImg qemuImg = new QemuImg();

    /**
     * @param directory where images are; must be there
     * @param limits for images that are fetched from addresses
     */
    public ImageStore(Path directory, FetchLimits limits) {
        this.directory = directory.toAbsolutePath();
        this.locations = new ImageLocations(this.directory);
        this.fetched = new FetchedImages(this.directory.resolve(".fetched"), limits);
    }

    /** A directory of the store's own, whose name begins with a dot so that no location names it. */
    Path own(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** {@link xenith.engine.port.ImageDriver#examine}. */
    ImageFacts examine(Image image) throws DriverException {
        Location location = locations.resolve(image.location());
        Path file = location instanceof Address address
                ? fetched.fetch(address.uri(), image.createdAt())
                : file(location, image);
        return facts(image, file);
    }

    /**
     * The file of an image that has been examined.
     *
     * @throws DriverException {@code REFUSED} when it is gone
     */
    Path file(Image image) throws DriverException {
        return file(locations.resolve(image.location()), image);
    }

    private Path file(Location location, Image image) throws DriverException {
        if (location instanceof StoredFile stored) {
            return stored.file();
        }
        Address address = (Address) location;
        return fetched.find(address.uri(), image.createdAt()).orElseThrow(() -> gone(image));
    }

    /**
     * {@link #file(Image)} for a machine that stands on the file until {@link #release}.
     *
     * @throws DriverException {@code REFUSED} when it is gone
     */
    Path hold(Image image, UUID vm) throws DriverException {
        Location location = locations.resolve(image.location());
        return location instanceof Address address
                ? fetched.hold(address.uri(), image.createdAt(), vm).orElseThrow(() -> gone(image))
                : file(location, image);
    }

    /** The machine has ended. */
    void release(UUID vm) throws IOException {
        fetched.release(vm);
    }

    private static DriverException gone(Image image) {
        return ImageLocations.refused(image.location(), "was fetched once and is gone");
    }

    /**
     * The facts of an examined image's file now: it may have been exchanged since.
     *
     * @throws DriverException {@code REFUSED} when it may not be used any more, or is of another format
     */
    ImageFacts unchanged(Image image, Path file) throws DriverException {
        ImageFacts now = facts(image, file);
        if (now.format() != image.format()) {
            throw ImageLocations.refused(image.location(), "is no longer " + image.format());
        }
        return now;
    }

    private ImageFacts facts(Image image, Path file) throws DriverException {
        long size = size(image, file);
        Optional<Qcow2Header> qcow2 = Qcow2Header.read(file);
        if (image.kind() != ImageKind.MACHINE) {
            return new ImageFacts(DiskFormat.RAW, size, size);
        }
        if (qcow2.isPresent()) {
            return new ImageFacts(DiskFormat.QCOW2, size, qemuImg.virtualSizeBytes(file));
        }
        if (image.format() == DiskFormat.QCOW2) {
            throw ImageLocations.refused(image.location(), "is said to be qcow2 and is not");
        }
        return new ImageFacts(DiskFormat.RAW, size, size);
    }

    private static long size(Image image, Path file) throws DriverException {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw ImageLocations.refused(image.location(), "is an empty file");
            }
            return size;
        } catch (IOException e) {
            throw new DriverException(
                    Failure.FAILED,
                    "image '" + image.location() + "': " + e.getClass().getSimpleName(),
                    e);
        }
    }
}
