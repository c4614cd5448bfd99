package xenith.security;

/** The key file or a sealed secret cannot be used; the message says which and what to do, and holds no secret. */
public final class SecretBoxException extends RuntimeException {
    SecretBoxException(String message) {
        super(message);
    }

    SecretBoxException(String message, Throwable cause) {
        super(message, cause);
    }
}
