package xenith.gateway.http;

/**
 * Bounds of the server.
 *
 * @param bodyBytes of one request; the largest that clients send are lists of a thousand things
 * @param headerBytes request line and header fields of one request; presigned URLs have some KiB
 * @param headMillis from a request's first byte to the end of its header fields
 * @param bodyMillis from there to the end of its body
 * @param idleMillis how long a connection may be silent
 * @param workers requests that are answered at once
 * @param waiting requests that wait for a worker; further ones are refused
 * @param connections open at once; further ones wait in the operating system's queue
 * @param stopMillis how long requests may still take when the server stops
 */
public record HttpLimits(
        int bodyBytes,
        int headerBytes,
        int headMillis,
        int bodyMillis,
        int idleMillis,
        int workers,
        int waiting,
        int connections,
        int stopMillis) {
    public static final HttpLimits STANDARD =
            new HttpLimits(1 << 20, 32 * 1024, 10_000, 20_000, 30_000, 32, 1_000, 4_000, 5_000);
}
