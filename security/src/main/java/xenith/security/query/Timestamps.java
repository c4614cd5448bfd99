package xenith.security.query;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.function.Supplier;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Reads the timestamps of signed requests and judges their age. */
final class Timestamps {
    /** How far a request's time may lie from ours (EC2 API Reference, RequestExpired). */
    static final Duration WINDOW = Duration.ofMinutes(15);

    /** The longest validity that a sender may ask for (AWS General Reference, X-Amz-Expires). */
    static final Duration MAX_EXPIRY = Duration.ofDays(7);

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;

    Timestamps(Clock clock) {
        this.clock = clock;
    }

    /** Reads {@code 20150830T123600Z}. */
    static Instant basic(String text) {
        return parse(text, () -> BASIC.parse(text, Instant::from));
    }

    static String basic(Instant instant) {
        return BASIC.format(instant);
    }

    /** Reads a Date header of RFC 9110. */
    static Instant httpDate(String text) {
        return parse(text, () -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    }

    private static Instant parse(String text, Supplier<Instant> parser) {
        try {
            return parser.get();
        } catch (DateTimeException e) {
            throw new RefusedException(Refusal.MALFORMED_TIMESTAMP, "It is " + RefusedException.quote(text) + ".");
        }
    }

    /** A request without a validity of its own: at most 15 minutes old. */
    void checkSigned(Instant signed) {
        checkNotInFuture(signed);
        if (signed.plus(WINDOW).isBefore(clock.instant())) {
            throw new RefusedException(Refusal.EXPIRED, "It is older than " + WINDOW.toMinutes() + " minutes.");
        }
    }

    void checkNotInFuture(Instant signed) {
        if (signed.isAfter(clock.instant().plus(WINDOW))) {
            throw new RefusedException(
                    Refusal.IN_THE_FUTURE, "It may be at most " + WINDOW.toMinutes() + " minutes ahead.");
        }
    }

    /** A request that names the end of its validity. */
    void checkExpiry(Instant expires) {
        checkNotExpired(expires);
        if (expires.isAfter(clock.instant().plus(MAX_EXPIRY))) {
            throw new RefusedException(
                    Refusal.LIFETIME_TOO_LONG, "At most " + MAX_EXPIRY.toDays() + " days are allowed.");
        }
    }

    void checkNotExpired(Instant expires) {
        if (expires.isBefore(clock.instant())) {
            throw new RefusedException(Refusal.EXPIRED, "Its validity ended at " + expires + ".");
        }
    }
}
