package xenith.drivers.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of bytes from a stream, none of which takes more memory than a limit, however long it is. */
final class BoundedLines {
    private final InputStream stream;
    private final int maxBytes;
    private final byte[] block = new byte[8192];
    private int next;
    private int end;

    /**
     * A line without its end.
     *
     * @param bytes no more than the limit of them
     * @param whole false when there were more
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(byte[] bytes, boolean whole) {}

    BoundedLines(InputStream stream, int maxBytes) {
        this.stream = stream;
        this.maxBytes = maxBytes;
    }

    /** @return null at the stream's end; what stands before it without an end of line is a line too */
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean whole = true;
        boolean any = false;
        while (fill()) {
            any = true;
            int stop = next;
            while (stop < end && block[stop] != '\n') {
                stop++;
            }
            int taken = Math.min(stop - next, maxBytes - line.size());
            line.write(block, next, taken);
            whole &= taken == stop - next;
            next = stop;
            if (stop < end) {
                next++;
                return new Line(line.toByteArray(), whole);
            }
        }
        return any ? new Line(line.toByteArray(), whole) : null;
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, stream.read(block));
        }
        return end > 0;
    }
}
