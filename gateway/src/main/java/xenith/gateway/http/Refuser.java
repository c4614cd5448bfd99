package xenith.gateway.http;

/** Words the server's own refusals as clients of one protocol expect them. Thread-safe; does no work worth a thread. */
public interface Refuser {
    /** Why the server does not even look at a request. */
    enum Reason {
        BODY_TOO_LARGE,
        /** Of the request line or the header fields. */
        HEAD_TOO_LARGE,
        /** No request of HTTP, or one with a path or host that cannot be. */
        MALFORMED,
        /** Another version of HTTP. */
        UNSUPPORTED_PROTOCOL,
        NOT_FOUND,
        /** The server's own fault, which it has logged. */
        DEFECT,
        /** No worker is free, and too many others wait already; or the server stops. */
        BUSY
    }

    HttpAnswer refuse(HttpRequest request, Reason reason);
}
