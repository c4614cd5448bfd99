package xenith.engine.port;

/** A driver could not do what it was asked. The message is for people and names the host's own words. */
public class DriverException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /** What the engine must conclude. */
    public enum Failure {
        /** It did not take effect, and never will: the request itself is at fault, as with a file that is gone. */
        REFUSED,
        /** It did not take effect; trying again may help. */
        FAILED,
        /** The host could not be reached, and nothing was sent to it; trying again may help. */
        UNREACHABLE,
        /** Nobody knows whether it took effect, as with an answer that was lost. */
        UNKNOWN
    }

    public DriverException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public DriverException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
