package xenith.security.soap;

import java.time.Instant;
import java.util.Objects;
import org.w3c.dom.Element;
import xenith.security.Identity;
import xenith.security.grid.GridIdentity;

/**
 * A SOAP message whose Body, Timestamp and header blocks are signed by a grid's user, or by a proxy.
 *
 * @param sender who signed it
 * @param addressing its header blocks
 * @param operation the only child element of the Body that was verified; process this node and no other
 * @param digest names the message for the replay guard, 64 lower-case hex digits; nobody but the signer can change it
 * @param created when the sender says that it was made
 * @param acceptableUntil after this instant the message is refused for its age
 */
public record GridMessage(
        GridIdentity sender,
        AddressingHeaders addressing,
        Element operation,
        String digest,
        Instant created,
        Instant acceptableUntil) {
    public GridMessage {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(addressing, "addressing");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(acceptableUntil, "acceptableUntil");
    }

    /** The same message as one of the user whom the sender is mapped to, for {@link ReplayGuard}. */
    public VerifiedMessage of(Identity user) {
        return new VerifiedMessage(user, operation, digest, created, acceptableUntil);
    }

    /** Names the message without its content, some of which is secret. */
    @Override
    public String toString() {
        return "GridMessage[" + sender + ", " + operation.getLocalName() + ", " + created + "]";
    }
}
