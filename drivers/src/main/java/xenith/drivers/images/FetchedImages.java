package xenith.drivers.images;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Images that came from addresses. Each registration fetches anew, so that it has what the address has then; what it has
 * got stays as it is, since clones stand on it. {@link FetchedSpace} bounds them all: an image that was removed to make
 * room is fetched again when it is needed, and refused if it has become another. Thread-safe.
 */
final class FetchedImages {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedImages.class);
    private static final String SUM = ".sha256";

    private final Path directory;
    private final HttpFetch http;
    private final FetchedSpace space;

    FetchedImages(Path directory, FetchLimits limits) {
        this.directory = directory;
        this.http = new HttpFetch(limits);
        this.space = new FetchedSpace(directory, limits);
    }

    /**
     * Fetches what a registration names. Returns what is there when it has been fetched for that registration already.
     *
     * @param registered when: it tells registrations of one address apart
     * @throws DriverException {@code REFUSED} when the address may not be used, has no such file, or there is no room
     */
    Path fetch(URI address, Instant registered) throws DriverException {
        Path file = file(address, registered);
        return Files.isRegularFile(file) ? file : fetched(address, file);
    }

    /**
     * What was fetched for that registration, from its address again if it had to make room for others.
     *
     * @return empty when nothing was
     * @throws DriverException {@code REFUSED} when the address has another content now
     */
    Optional<Path> find(URI address, Instant registered) throws DriverException {
        for (Path file : new Path[] {file(address, registered), sharedFile(address)}) {
            if (space.touch(file)) {
                return Optional.of(file);
            }
        }
        Path file = file(address, registered);
        return Files.exists(sum(file)) ? Optional.of(fetched(address, file)) : Optional.empty();
    }

    /** {@link #find} for a machine that needs the file as long as it is there: it does not make room for others. */
    Optional<Path> hold(URI address, Instant registered, UUID vm) throws DriverException {
        try {
            space.hold(file(address, registered), vm);
            return find(address, registered);
        } catch (IOException e) {
            throw failed(address, e);
        }
    }

    /** The machine needs nothing any more. */
    void release(UUID vm) throws IOException {
        space.release(vm);
    }

    private Path fetched(URI address, Path file) throws DriverException {
        Path part = null;
        try {
            part = space.part();
            MessageDigest digest = sha256();
            http.fetch(address, part, digest);
            String sum = HexFormat.of().formatHex(digest.digest());
            refuseAnother(address, file, sum);
            LOG.info("fetched {} bytes from {}, sha256 {}", Files.size(part), address.getHost(), sum);
            space.makeRoom(Files.size(part), "image from " + address.getHost());
            Files.writeString(sum(file), sum, StandardCharsets.US_ASCII);
            return keep(part, file);
        } catch (IOException e) {
            throw failed(address, e);
        } finally {
            remove(part);
        }
    }

    private static void refuseAnother(URI address, Path file, String sum) throws IOException, DriverException {
        if (Files.exists(sum(file))
                && !Files.readString(sum(file), StandardCharsets.US_ASCII).equals(sum)) {
            throw new DriverException(
                    Failure.REFUSED,
                    "image from " + address.getHost() + " had to make room, and its address has another content since;"
                            + " register it again");
        }
    }

    /** A link under the final name: where two have fetched the same, the first one's stays. */
    private static Path keep(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was fetched twice", file);
        }
        return file;
    }

    private static void remove(Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.warn("{} stays: {}", part, e.getMessage());
        }
    }

    private Path file(URI address, Instant registered) {
        return named(address + "\n" + registered.toEpochMilli());
    }

    /** Where the registrations of an address had one file in common, as they did once. */
    private Path sharedFile(URI address) {
        return named(address.toString());
    }

    private Path named(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return directory.resolve(HexFormat.of().formatHex(digest));
    }

    private static Path sum(Path file) {
        return file.resolveSibling(file.getFileName() + SUM);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DriverException failed(URI address, IOException e) {
        return new DriverException(Failure.FAILED, "fetching from " + address.getHost() + ": " + e.getMessage(), e);
    }
}
