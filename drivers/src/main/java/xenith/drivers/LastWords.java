package xenith.drivers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a program's output to its end, so that it never waits for a reader, and keeps the last of it. Thread-safe. */
final class LastWords {
    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    private static final int MAX_CHARS = 500;

    /** More than so many characters in whatever encoding. */
    private static final int MAX_BYTES = 4 * MAX_CHARS;

    /** How long the last of it may be on its way once the program has ended; a child may keep its output open. */
    private static final long AWAITED_MILLIS = 1_000;

    private final Thread reader;
    private byte[] kept = {};

    LastWords(InputStream output) {
        reader = new Thread(() -> read(output), "last-words");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream output) {
        byte[] chunk = new byte[MAX_BYTES];
        try (output) {
            for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
                keep(chunk, length);
            }
        } catch (IOException e) {
            LOG.debug("a program's output has ended", e);
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        int before = Math.min(kept.length, MAX_BYTES - length);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(kept, kept.length - before, before);
        both.write(chunk, 0, length);
        kept = both.toByteArray();
    }

    /** In one line that follows a sentence; empty when there was nothing. To be asked once the program has ended. */
    String told() {
        try {
            reader.join(AWAITED_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String line = text().strip().replaceAll("\\s*\\R\\s*", " / ").replaceAll("\\p{Cntrl}", "?");
        String last = line.length() <= MAX_CHARS ? line : "..." + line.substring(line.length() - MAX_CHARS);
        return last.isEmpty() ? "" : ": " + last;
    }

    private synchronized String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }
}
