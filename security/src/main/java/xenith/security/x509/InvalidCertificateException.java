package xenith.security.x509;

/** A certificate or key cannot be read or is not acceptable; the message says why and may be shown to the sender. */
public final class InvalidCertificateException extends Exception {
    public InvalidCertificateException(String message) {
        super(message);
    }

    public InvalidCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
