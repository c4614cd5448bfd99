package xenith.security.soap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Element;
import xenith.security.IsoTimestamp;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * When a message was made and how long it is good (WS-Security 1.0 section 10).
 *
 * @param expires as the sender says, or the longest lifetime if it does not
 */
record MessageLifetime(Instant created, Instant expires) {
    /** How far a message's time may lie from ours, and how long it may live. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    static MessageLifetime read(Element timestamp) {
        Instant created = IsoTimestamp.parse(Elements.only(timestamp, WSConstants.WSU_NS, "Created")
                .getTextContent()
                .strip());
        List<Element> expires = Elements.children(timestamp, WSConstants.WSU_NS, "Expires");
        Elements.requireCount(timestamp, 1 + expires.size());
        return new MessageLifetime(
                created,
                expires.isEmpty()
                        ? created.plus(WINDOW)
                        : IsoTimestamp.parse(Elements.only(timestamp, WSConstants.WSU_NS, "Expires")
                                .getTextContent()
                                .strip()));
    }

    void check(Clock clock) {
        Instant now = clock.instant();
        if (expires.isBefore(created)) {
            throw new RefusedException(Refusal.MALFORMED_TIMESTAMP, "It expires before it was created.");
        }
        if (Duration.between(created, expires).compareTo(WINDOW) > 0) {
            throw new RefusedException(
                    Refusal.LIFETIME_TOO_LONG, "At most " + WINDOW.toSeconds() + " seconds are allowed.");
        }
        if (created.isAfter(now.plus(WINDOW))) {
            throw new RefusedException(Refusal.IN_THE_FUTURE, "It was created at " + created + ".");
        }
        if (expires.isBefore(now)) {
            throw new RefusedException(Refusal.EXPIRED, "It expired at " + expires + ".");
        }
    }
}
