package xenith.drivers.process;

import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program says beside its answers, and what is wrong with them, in the log within bounds. Thread-safe. */
final class DriverLog {
    /** Of one line; the rest is cut off. */
    static final int MAX_LINE_BYTES = 1_000;
    /** Lines in one window; the others are counted. */
    static final int MAX_LINES = 200;

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(DriverLog.class);

    private final String program;
    private long windowNanos = System.nanoTime();
    private int lines;
    private int leftOut;

    DriverLog(String program) {
        this.program = program;
    }

    /** A line of the program's standard error. */
    void said(byte[] line) {
        if (mayLog()) {
            LOG.info("driver {} says: {}", program, printable(line));
        }
    }

    void wrong(String what) {
        if (mayLog()) {
            LOG.warn("driver {}: {}", program, what);
        }
    }

    private synchronized boolean mayLog() {
        long now = System.nanoTime();
        if (now - windowNanos > WINDOW_NANOS) {
            if (leftOut > 0) {
                LOG.warn("driver {}: {} lines more were left out", program, leftOut);
            }
            windowNanos = now;
            lines = 0;
            leftOut = 0;
        }
        if (lines < MAX_LINES) {
            lines++;
            return true;
        }
        leftOut++;
        return false;
    }

    /** As much of the bytes as a line of the log holds, with nothing in them that could end it. */
    static String printable(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, MAX_LINE_BYTES), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
