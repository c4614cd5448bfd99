package xenith.drivers.images;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** An end in time for the whole of a fetch, however slowly its bytes drip. */
final class Deadline {
    private final Duration time;
    private final long endNanos;

    Deadline(Duration time) {
        this.time = time;
        this.endNanos = System.nanoTime() + time.toNanos();
    }

    /** At least 1. */
    long leftMillis() throws IOException {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("not done within " + time.toSeconds() + " s");
        }
        return left;
    }

    /** A stream that fails after the end. */
    InputStream guard(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                leftMillis();
                return super.read();
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                leftMillis();
                return super.read(target, from, length);
            }
        };
    }
}
