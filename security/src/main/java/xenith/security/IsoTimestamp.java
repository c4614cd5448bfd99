package xenith.security;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Reads timestamps as clients of all ages write them. */
public final class IsoTimestamp {
    private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d\\d:\\d\\d)");

    private IsoTimestamp() {}

    /**
     * Reads ISO 8601 with or without a fraction of a second, in UTC if no zone is given.
     *
     * @throws RefusedException with {@link Refusal#MALFORMED_TIMESTAMP}
     */
    public static Instant parse(String text) {
        try {
            return ZONED.matcher(text).matches()
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new RefusedException(Refusal.MALFORMED_TIMESTAMP, "It is " + RefusedException.quote(text) + ".");
        }
    }
}
