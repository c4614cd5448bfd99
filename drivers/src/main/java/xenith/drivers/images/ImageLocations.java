package xenith.drivers.images;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** What an image's location may name: a file of the store by its path in it, or an http or https address. */
record ImageLocations(Path store) {
    /** A location that may be named. */
    sealed interface Location {}

    /** A file, with every link followed. */
    record StoredFile(Path file) implements Location {}

    /** An address, not yet judged by where it leads. */
    record Address(URI uri) implements Location {}

    /** @throws DriverException {@code REFUSED}, naming the reason */
    Location resolve(String location) throws DriverException {
        String start = location.toLowerCase(Locale.ROOT);
        if (start.startsWith("http://") || start.startsWith("https://")) {
            return new Address(address(location));
        }
        if (location.contains("://")) {
            throw refused(location, "is neither a path in the image store nor an http or https address");
        }
        return new StoredFile(file(location));
    }

    private static URI address(String location) throws DriverException {
        try {
            URI uri = new URI(location);
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw refused(location, "is not an address of host, port, path and query");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw refused(location, "is not an address: " + e.getReason());
        }
    }

    private Path file(String location) throws DriverException {
        if (location.startsWith("/")) {
            throw refused(location, "is not relative to the image store");
        }
        for (String name : location.split("/", -1)) {
            // Names with a dot in front are the store's own.
            if (name.isEmpty() || name.startsWith(".")) {
                throw refused(location, "has a part that is empty or begins with a dot");
            }
        }
        try {
            Path root = store.toRealPath();
            Path named = root.resolve(location);
            if (!Files.exists(named)) {
                throw refused(location, "is not in the image store");
            }
            Path real = named.toRealPath();
            if (!real.startsWith(root)) {
                throw refused(location, "leads out of the image store by a link");
            }
            if (!Files.isRegularFile(real)) {
                throw refused(location, "is not a file");
            }
            return real;
        } catch (InvalidPathException e) {
            throw refused(location, "is not a path: " + e.getReason());
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "image location '" + location + "': " + e.getMessage(), e);
        }
    }

    static DriverException refused(String location, String why) {
        return new DriverException(Failure.REFUSED, "image location '" + location + "' " + why);
    }
}
