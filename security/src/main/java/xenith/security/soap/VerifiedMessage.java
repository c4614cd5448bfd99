package xenith.security.soap;

import java.time.Instant;
import java.util.Objects;
import org.w3c.dom.Element;
import xenith.security.Identity;

/**
 * A SOAP message whose Body and Timestamp are signed by a user.
 *
 * @param identity who signed it
 * @param operation the only child element of the Body that was verified; process this node and no other
 * @param digest names the message for the replay guard, 64 lower-case hex digits; nobody but the signer can change it
 * @param created when the sender says that it was made
 * @param acceptableUntil after this instant the message is refused for its age
 */
public record VerifiedMessage(
        Identity identity, Element operation, String digest, Instant created, Instant acceptableUntil) {
    public VerifiedMessage {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(acceptableUntil, "acceptableUntil");
    }

    /** Names the message without its content, some of which is secret. */
    @Override
    public String toString() {
        return "VerifiedMessage[" + identity + ", " + operation.getLocalName() + ", " + created + "]";
    }
}
