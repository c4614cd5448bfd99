package xenith.drivers.images;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that comes in parts of known lengths, the last of length 0. Not thread-safe. */
final class PartedStream extends InputStream {
    private final InputStream in;
    private final Parts parts;
    private boolean first = true;
    private boolean ended;
    private long left;

    /** Where the lengths come from. */
    @FunctionalInterface
    interface Parts {
        /** The next part's length, 0 at the end; asked for when the part before it was read to its end. */
        long next(InputStream in, boolean first) throws IOException;
    }

    PartedStream(InputStream in, Parts parts) {
        this.in = in;
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (left == 0 && !ended) {
            left = parts.next(in, first);
            first = false;
            ended = left == 0;
        }
        if (ended) {
            return -1;
        }
        int read = in.read(target, from, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the body ends early");
        }
        left -= read;
        return read;
    }
}
