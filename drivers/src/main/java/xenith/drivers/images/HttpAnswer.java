package xenith.drivers.images;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 answer.
 *
 * @param headers by their names in lower case; of equal names the last
 */
record HttpAnswer(int status, Map<String, String> headers) {
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    static HttpAnswer read(InputStream in) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("the server does not speak HTTP/1.1");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() == MAX_HEADERS) {
                throw new IOException("the server's headers are malformed or more than " + MAX_HEADERS);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new HttpAnswer(Integer.parseInt(statusLine.substring(9, 12)), Map.copyOf(headers));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body, whose end comes too early only as an error. */
    InputStream body(InputStream in) throws IOException {
        if (header("transfer-encoding").isPresent()) {
            if (!headers.get("transfer-encoding").equalsIgnoreCase("chunked")) {
                throw new IOException("transfer coding " + headers.get("transfer-encoding") + " is not known");
            }
            return new PartedStream(in, HttpAnswer::nextChunk);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in;
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("content length '" + length + "' is no number");
        }
        return new PartedStream(in, new OnePart(Long.parseLong(length)));
    }

    /** A body of known length is one part, and then the end. */
    private static final class OnePart implements PartedStream.Parts {
        private long left;

        OnePart(long length) {
            this.left = length;
        }

        @Override
        public long next(InputStream in, boolean first) {
            long part = left;
            left = 0;
            return part;
        }
    }

    private static long nextChunk(InputStream in, boolean first) throws IOException {
        if (!first && !line(in).isEmpty()) {
            throw new IOException("a chunk is longer than it said");
        }
        String size = line(in).replaceFirst("[ \t]*;.*", "");
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("a chunk's size is no number");
        }
        return Long.parseLong(size, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == MAX_LINE_BYTES) {
                throw new IOException("the server's answer ends early, or has a line of over " + MAX_LINE_BYTES);
            }
            line.append((char) c);
        }
        int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? line.length() - 1 : line.length();
        return line.substring(0, end);
    }
}
