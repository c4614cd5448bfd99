package xenith.drivers.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import xenith.drivers.images.HostPool.Volume;
import xenith.drivers.images.Transfers.Progress;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Brings files into hosts' pools, each content once. A content is sent in segments; what the host has confirmed is kept
 * in a file here, so that the next attempt goes on from there. When all is sent it is read back, and only what is the
 * same gets the empty volume beside it that says so. Thread-safe; who wants what another uploads waits for it.
 */
final class BaseUploads {
    private final Path confirmed;
    private final int segmentBytes;
    private final Transfers transfers;
    private final ContentSums sums = new ContentSums();
    private final KeyedLocks locks = new KeyedLocks();

    /**
     * @param confirmed a directory for how far uploads are; must be there
     * @param segmentBytes how much is sent again at most after a loss
     */
    BaseUploads(Path confirmed, int segmentBytes, Transfers transfers) {
        this.confirmed = confirmed;
        this.segmentBytes = segmentBytes;
        this.transfers = transfers;
    }

    /**
     * Has the file's content in the pool.
     *
     * @param image the image's location, for people
     * @return the volume's name
     * @throws DriverException {@code FAILED} when there is no room, or what arrived is not what was sent;
     *     {@code UNREACHABLE} when the connection was lost, and the next call will go on
     */
    String bring(HostPool pool, String image, Path file, DiskFormat format) throws DriverException {
        try {
            String sum = sums.of(file);
            String name = VolumeNames.base(sum, format);
            KeyedLocks.Held held = locks.hold(pool.host().host().value() + " " + name);
            try {
                if (pool.find(VolumeNames.whole(name)).isEmpty()
                        || pool.find(name).isEmpty()) {
                    send(pool, image, file, name);
                    verify(pool, image, name, sum, Files.size(file));
                }
            } finally {
                held.close();
            }
            return name;
        } catch (NoSuchFileException e) {
            throw ImageLocations.refused(image, "is gone");
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "uploading " + image + " to " + pool + ": " + e.getMessage(), e);
        }
    }

    private void send(HostPool pool, String image, Path file, String name) throws DriverException, IOException {
        long total = Files.size(file);
        long done = confirmed(pool, name, total);
        refuseWithoutRoom(pool, image, name, total - done);
        try (InputStream in = Files.newInputStream(file);
                Progress progress = transfers.begin(pool.host().name(), image, done, total)) {
            pool.create(name, total);
            in.skipNBytes(done);
            for (byte[] segment = in.readNBytes(segmentBytes);
                    segment.length > 0;
                    segment = in.readNBytes(segmentBytes)) {
                pool.upload(name, done, segment);
                done += segment.length;
                confirm(pool, name, done);
                progress.done(done);
            }
        } catch (DriverException e) {
            if (e.failure() == Failure.FAILED) {
                refuseWithoutRoom(pool, image, name, total - done);
            }
            throw e;
        }
    }

    /** A part that waited for room would take what there is. */
    private void refuseWithoutRoom(HostPool pool, String image, String name, long missingBytes)
            throws DriverException, IOException {
        try {
            pool.requireRoom("image " + image, missingBytes);
        } catch (DriverException e) {
            if (e.failure() == Failure.FAILED) {
                remove(pool, name);
            }
            throw e;
        }
    }

    private void verify(HostPool pool, String image, String name, String sum, long total)
            throws DriverException, IOException {
        MessageDigest digest = ContentSums.sha256();
        pool.download(name, total, (bytes, length) -> digest.update(bytes, 0, length));
        String arrived = HexFormat.of().formatHex(digest.digest());
        if (!arrived.equals(sum)) {
            // A host whose pool fills up on the way does not always say so.
            long allocated = pool.find(name).map(Volume::allocationBytes).orElse(0L);
            refuseWithoutRoom(pool, image, name, Math.max(0, total - allocated));
            remove(pool, name);
            throw new DriverException(
                    Failure.FAILED, pool + ": image " + image + " arrived with SHA-256 " + arrived + ", not " + sum);
        }
        // The host looks at what it has before it says so: its idea of the format is from before the upload.
        pool.refresh();
        pool.create(VolumeNames.whole(name), 0);
        Files.deleteIfExists(file(pool, name));
    }

    private void remove(HostPool pool, String name) throws DriverException, IOException {
        Files.deleteIfExists(file(pool, name));
        pool.delete(VolumeNames.whole(name));
        pool.delete(name);
    }

    /** Nothing is confirmed where the volume is not there, or is none of that size. */
    private long confirmed(HostPool pool, String name, long total) throws DriverException, IOException {
        if (pool.find(name)
                .map(Volume::capacityBytes)
                .filter(size -> size == total)
                .isEmpty()) {
            remove(pool, name);
            return 0;
        }
        try {
            String text = Files.readString(file(pool, name), StandardCharsets.US_ASCII);
            return text.matches("[0-9]{1,18}") ? Math.min(total, Long.parseLong(text)) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void confirm(HostPool pool, String name, long done) throws IOException {
        Path fresh = Files.createTempFile(confirmed, ".new-", "");
        Files.writeString(fresh, Long.toString(done), StandardCharsets.US_ASCII);
        Files.move(fresh, file(pool, name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(HostPool pool, String name) {
        return confirmed.resolve(pool.host().host().value() + "-" + name);
    }
}
