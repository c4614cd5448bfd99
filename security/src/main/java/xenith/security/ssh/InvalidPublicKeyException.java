package xenith.security.ssh;

/** The text is not a public key that can be imported; the message says why and may be shown to the sender. */
public final class InvalidPublicKeyException extends Exception {
    InvalidPublicKeyException(String message) {
        super(message);
    }

    InvalidPublicKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
