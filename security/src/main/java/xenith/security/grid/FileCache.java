package xenith.security.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.security.x509.InvalidCertificateException;

/**
 * What files hold, parsed once after each change: who asks after a change gets the new content. Keeps an entry only for
 * files that exist. A damaged file is told of in the log once. Thread-safe.
 */
final class FileCache<T> {
    /** Revocation lists of large authorities have some megabytes. */
    static final int MAX_BYTES = 32 << 20;

    /** A file may change twice within one tick of its file system's clock, so what is this young is read again. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);

    /** Makes a value of a file's content; damage is an {@link InvalidCertificateException}. */
    interface Parser<T> {
        T parse(Path file, byte[] content) throws InvalidCertificateException, IOException;
    }

    private record Stamp(FileTime modified, FileTime changed, long bytes, Object inode) {
        static Stamp of(Path file) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:lastModifiedTime,ctime,size,ino");
            return new Stamp(
                    (FileTime) attributes.get("lastModifiedTime"),
                    (FileTime) attributes.get("ctime"),
                    (long) attributes.get("size"),
                    attributes.get("ino"));
        }

        boolean isSettledAt(Instant read) {
            return changed.toInstant().plus(UNSETTLED).isBefore(read)
                    && modified.toInstant().plus(UNSETTLED).isBefore(read);
        }
    }

    /** @param problem null if there is a value */
    private record Entry<T>(Stamp stamp, boolean settled, T value, String problem) {}

    private final Parser<T> parser;
    private final Map<Path, Entry<T>> entries = new ConcurrentHashMap<>();

    FileCache(Parser<T> parser) {
        this.parser = parser;
    }

    /**
     * What the file holds, empty if there is none.
     *
     * @throws UnusableFileException if it is there but cannot be used
     */
    Optional<T> find(Path file) throws UnusableFileException {
        Stamp stamp;
        try {
            stamp = Stamp.of(file);
        } catch (NoSuchFileException absent) {
            entries.remove(file);
            return Optional.empty();
        } catch (IOException e) {
            throw new UnusableFileException(file, "its attributes cannot be read: " + e.getMessage());
        }
        Entry<T> known = entries.get(file);
        if (known == null || !known.settled() || !known.stamp().equals(stamp)) {
            known = read(file, stamp, known);
            entries.put(file, known);
        }
        if (known.problem() != null) {
            throw new UnusableFileException(file, known.problem());
        }
        return Optional.of(known.value());
    }

    /** Like {@link #find}, of a file that must be there. */
    T require(Path file) throws UnusableFileException {
        return find(file).orElseThrow(() -> new UnusableFileException(file, "the file is missing"));
    }

    private Entry<T> read(Path file, Stamp stamp, Entry<T> before) {
        boolean settled = stamp.isSettledAt(Instant.now());
        try {
            if (stamp.bytes() > MAX_BYTES) {
                throw new InvalidCertificateException("it has " + stamp.bytes() + " bytes, more than " + MAX_BYTES);
            }
            return new Entry<>(stamp, settled, parser.parse(file, Files.readAllBytes(file)), null);
        } catch (InvalidCertificateException | IOException e) {
            if (before == null || !e.getMessage().equals(before.problem())) {
                LOG.warn("{} cannot be used: {}", file, e.getMessage());
            }
            return new Entry<>(stamp, settled, null, e.getMessage());
        }
    }
}
