package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * The room that fetched images share. When a new one needs it, those make room that were used least recently and that no
 * machine holds. Who holds what lies in files, so that it outlives this process. Thread-safe.
 */
final class FetchedSpace {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedSpace.class);
    private static final Pattern IMAGE = Pattern.compile("[0-9a-f]{64}");
    private static final String PART = "part-";

    private final Path directory;
    private final Path holds;
    private final FetchLimits limits;

    FetchedSpace(Path directory, FetchLimits limits) {
        this.directory = directory;
        this.holds = directory.resolve("holds");
        this.limits = limits;
    }

    private record Fetched(Path file, long bytes, FileTime used) {}

    /** A file to fetch into. */
    Path part() throws IOException {
        Files.createDirectories(directory);
        return Files.createTempFile(directory, PART, "");
    }

    /** Notes that it is used; returns whether it is there. */
    synchronized boolean touch(Path file) throws DriverException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "fetched image " + file + ": " + e.getMessage(), e);
        }
    }

    synchronized void hold(Path file, UUID vm) throws IOException {
        Files.createDirectories(holds);
        Files.write(holds.resolve(file.getFileName() + "." + vm), new byte[0]);
    }

    synchronized void release(UUID vm) throws IOException {
        if (!Files.isDirectory(holds)) {
            return;
        }
        try (Stream<Path> all = Files.list(holds)) {
            for (Path hold :
                    all.filter(path -> path.toString().endsWith("." + vm)).toList()) {
                Files.deleteIfExists(hold);
            }
        }
    }

    /**
     * Removes images until there is room for one more.
     *
     * @throws DriverException {@code REFUSED} when those that machines hold leave too little
     */
    synchronized void makeRoom(long bytes, String what) throws IOException, DriverException {
        removeOldParts();
        List<Fetched> all = new ArrayList<>(images());
        long total = all.stream().mapToLong(Fetched::bytes).sum();
        Set<String> held = held();
        all.removeIf(image -> held.contains(image.file().getFileName().toString()));
        all.sort(Comparator.comparing(Fetched::used));
        for (Fetched oldest : all) {
            if (total + bytes <= limits.maxTotalBytes()) {
                return;
            }
            Files.deleteIfExists(oldest.file());
            LOG.info("fetched image {} of {} bytes makes room", oldest.file().getFileName(), oldest.bytes());
            total -= oldest.bytes();
        }
        if (total + bytes > limits.maxTotalBytes()) {
            throw new DriverException(
                    Failure.REFUSED,
                    what + ": " + bytes + " bytes have no room; fetched images may have " + limits.maxTotalBytes()
                            + " together, of which " + total + " are in use by machines");
        }
    }

    private List<Fetched> images() throws IOException {
        List<Fetched> images = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.filter(
                            path -> IMAGE.matcher(path.getFileName().toString()).matches())
                    .toList()) {
                images.add(new Fetched(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return images;
    }

    private Set<String> held() throws IOException {
        Set<String> held = new HashSet<>();
        if (Files.isDirectory(holds)) {
            try (Stream<Path> all = Files.list(holds)) {
                all.map(path -> path.getFileName().toString())
                        .forEach(name -> held.add(name.substring(0, name.indexOf('.'))));
            }
        }
        return held;
    }

    /** Of processes that ended while they fetched. */
    private void removeOldParts() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(limits.time().multipliedBy(2)));
        try (Stream<Path> all = Files.list(directory)) {
            for (Path part : all.filter(path -> path.getFileName().toString().startsWith(PART))
                    .toList()) {
                if (Files.getLastModifiedTime(part).compareTo(limit) < 0) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }
}
