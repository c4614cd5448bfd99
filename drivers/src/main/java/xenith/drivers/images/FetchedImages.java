package xenith.drivers.images;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Images that came from addresses. What was fetched from an address stays what it was then: clones stand on it, so
 * another content needs another address. Thread-safe.
 */
final class FetchedImages {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedImages.class);

    private final Path directory;
    private final HttpFetch http;

    FetchedImages(Path directory, FetchLimits limits) {
        this.directory = directory;
        this.http = new HttpFetch(limits);
    }

    Optional<Path> find(URI address) {
        return Optional.of(file(address)).filter(Files::isRegularFile);
    }

    /** @throws DriverException {@code REFUSED} when the address may not be used, or has no such file */
    Path fetch(URI address) throws DriverException {
        Optional<Path> there = find(address);
        if (there.isPresent()) {
            return there.get();
        }
        Path part = null;
        try {
            Files.createDirectories(directory);
            part = Files.createTempFile(directory, "part-", "");
            MessageDigest digest = sha256();
            http.fetch(address, part, digest);
            String sum = HexFormat.of().formatHex(digest.digest());
            LOG.info("fetched {} bytes from {}, sha256 {}", Files.size(part), address.getHost(), sum);
            return keep(part, file(address));
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "fetching from " + address.getHost() + ": " + e.getMessage(), e);
        } finally {
            remove(part);
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

    private Path file(URI address) {
        byte[] digest = sha256().digest(address.toString().getBytes(StandardCharsets.UTF_8));
        return directory.resolve(HexFormat.of().formatHex(digest));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
