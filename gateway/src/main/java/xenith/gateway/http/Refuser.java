package xenith.gateway.http;

/** Words the server's own refusals as clients of one protocol expect them. Thread-safe; does no work worth a thread. */
public interface Refuser {
    /** Why the server does not even look at a request. */
    enum Reason {
        BODY_TOO_LARGE,
        /** No worker is free, and too many others wait already; or the server stops. */
        BUSY
    }

    HttpAnswer refuse(HttpRequest request, Reason reason);
}
