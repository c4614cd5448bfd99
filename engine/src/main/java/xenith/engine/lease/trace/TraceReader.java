package xenith.engine.lease.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import xenith.engine.lease.Site;

/** Reads traces; what a file holds is told by its first character, and for lines by its name. */
public final class TraceReader {
    /** More is no trace that anybody has seen: the largest of the Parallel Workloads Archive have 200 MiB. */
    public static final long MAX_BYTES = 256L * 1024 * 1024;

    private TraceReader() {}

    /**
     * Reads a trace.
     *
     * @param site instead of the trace's own; needed for those that have none
     * @throws TraceException if something in it is wrong, naming line and column
     * @throws IOException if it cannot be read at all
     */
    public static Workload read(Path file, Optional<Site> site) throws TraceException, IOException {
        String name = file.getFileName().toString();
        if (Files.size(file) > MAX_BYTES) {
            throw new TraceException(name, 1, 1, "the file is larger than " + MAX_BYTES + " bytes");
        }
        byte[] content = Files.readAllBytes(file);
        if (new String(content, 0, Math.min(content.length, 1_024), UTF_8)
                .stripLeading()
                .startsWith("<")) {
            return new LwfXmlReader(name).read(content, site);
        }
        String text = new String(content, UTF_8);
        return name.endsWith(".swf") ? SwfReader.read(name, text, site) : LwfLineReader.read(name, text, site);
    }
}
