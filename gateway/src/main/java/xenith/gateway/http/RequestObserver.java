package xenith.gateway.http;

/** Hears of every request that was answered, those that the server itself refused included. Returns at once; thread-safe. */
@FunctionalInterface
public interface RequestObserver {
    RequestObserver NONE = (path, status, nanos) -> {};

    /**
     * An answer is on its way.
     *
     * @param path as the client wrote it; empty where there was none that could be read
     * @param nanos since its first byte
     */
    void answered(String path, int status, long nanos);
}
