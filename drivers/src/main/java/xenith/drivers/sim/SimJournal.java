package xenith.drivers.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of changes, one commit a line, each written to the operating system before {@link #append} returns: the death
 * of this process loses none. It is one process's, or several share it and take turns to write. Not thread-safe.
 */
final class SimJournal implements AutoCloseable {
    private static final Map<String, SimKind<?>> KINDS =
            SimKind.ALL.stream().collect(Collectors.toUnmodifiableMap(SimKind::name, Function.identity()));
    private static final int CHANGES_PER_LINE = 100;

    /** In ASCII, so that no line can be cut within a character. */
    private final ObjectMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Path file;
    private final FileChannel lockFile;
    private final boolean shared;
    private final long compactAfterBytes;
    /** A stream: a channel would be closed for good by the interruption of a thread that writes. */
    private OutputStream out;

    /** While it lasts; null where nobody else writes. */
    private FileLock turn;

    private long bytes;
    private long bytesAfterCompaction;

    private SimJournal(Path file, FileChannel lockFile, boolean shared, OutputStream out, long compactAfterBytes) {
        this.file = file;
        this.lockFile = lockFile;
        this.shared = shared;
        this.out = out;
        this.compactAfterBytes = compactAfterBytes;
    }

    /**
     * Opens the journal of a directory and replays it.
     *
     * @param shared whether other processes may open it as well; then it is never written anew
     * @throws IOException when it is damaged before its end, or in use
     */
    static SimJournal open(Path directory, boolean shared, long compactAfterBytes, Consumer<SimChange> replay)
            throws IOException {
        Files.createDirectories(directory);
        FileChannel lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = shared ? lockFile.lock() : lockFile.tryLock();
            if (lock == null) {
                throw new IOException("simulated hosts in " + directory + " are in use by another process");
            }
            OutputStream out = new FileOutputStream(directory.resolve("journal").toFile(), true);
            SimJournal journal = new SimJournal(directory.resolve("journal"), lockFile, shared, out, compactAfterBytes);
            journal.replayOrClose(replay);
            if (shared) {
                lock.release();
            }
            return journal;
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw new IOException("simulated hosts in " + directory + " are in use by this process", e);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private void replayOrClose(Consumer<SimChange> replay) throws IOException {
        try {
            replay(replay);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void replay(Consumer<SimChange> replay) throws IOException {
        long size = Files.size(file);
        long good = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long end = good + line.length() + 1;
                if (end > size) {
                    // The process died while the system wrote this line; nobody was told that it was done.
                    break;
                }
                read(line).forEach(replay);
                good = end;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged after byte " + good, e);
        }
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(good);
        }
        bytes = good;
    }

    private List<SimChange> read(String line) throws JsonProcessingException {
        List<SimChange> changes = new ArrayList<>();
        for (JsonNode change : json.readTree(line)) {
            SimKind<?> kind = KINDS.get(change.path(0).asText());
            if (kind == null) {
                throw new IllegalArgumentException("nothing is of the kind " + change.path(0));
            }
            Optional<Object> value =
                    change.has(3) ? Optional.of(json.treeToValue(change.get(3), kind.type())) : Optional.empty();
            changes.add(
                    new SimChange(kind, change.path(1).asText(), change.path(2).asText(), value));
        }
        return changes;
    }

    /** Waits for this process's turn to write, until {@link #endTurn}, and reads what others have written before. */
    void takeTurn(Consumer<SimChange> replay) throws IOException {
        if (!shared) {
            return;
        }
        turn = lockFile.lock();
        catchUp(replay);
        if (Files.size(file) > bytes) {
            // Nobody writes now: whoever wrote this has died over it.
            try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
                whole.setLength(bytes);
            }
        }
    }

    void endTurn() throws IOException {
        if (turn != null) {
            turn.release();
            turn = null;
        }
    }

    /** Reads what others have written; not what they are just writing. */
    void catchUp(Consumer<SimChange> replay) throws IOException {
        long size = shared ? Files.size(file) : bytes;
        if (size <= bytes) {
            return;
        }
        byte[] more = new byte[Math.toIntExact(size - bytes)];
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "r")) {
            whole.seek(bytes);
            whole.readFully(more);
        }
        String text = new String(more, StandardCharsets.US_ASCII);
        int end = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, end).lines().toList()) {
            read(line).forEach(replay);
        }
        bytes += end;
    }

    void append(List<SimChange> changes) throws IOException {
        byte[] line = line(changes);
        out.write(line);
        bytes += line.length;
    }

    private byte[] line(List<SimChange> changes) throws JsonProcessingException {
        List<List<Object>> line = new ArrayList<>(changes.size());
        for (SimChange change : changes) {
            List<Object> parts = new ArrayList<>(List.of(change.kind().name(), change.host(), change.id()));
            change.value().ifPresent(parts::add);
            line.add(parts);
        }
        return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    boolean isLong() {
        return !shared && bytes > compactAfterBytes + 2 * bytesAfterCompaction;
    }

    /** Writes the journal anew, as nothing but these changes. */
    void compact(Stream<SimChange> all) throws IOException {
        Path fresh = file.resolveSibling("journal.new");
        try (OutputStream rewritten = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            List<SimChange> some = new ArrayList<>();
            for (Iterator<SimChange> each = all.iterator(); each.hasNext(); ) {
                some.add(each.next());
                if (some.size() == CHANGES_PER_LINE || !each.hasNext()) {
                    rewritten.write(line(some));
                    some.clear();
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        out.close();
        out = new FileOutputStream(file.toFile(), true);
        bytes = Files.size(file);
        bytesAfterCompaction = bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
        lockFile.close();
    }
}
