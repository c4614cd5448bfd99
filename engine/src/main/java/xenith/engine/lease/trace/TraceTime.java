package xenith.engine.lease.trace;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in traces: {@code HH:MM:SS.ss}, with days before them {@code DD:HH:MM:SS.ss}. */
final class TraceTime {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,5}):)?([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2}(?:\\.[0-9]{1,9})?)");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TraceTime() {}

    /**
     * In milliseconds; what is finer is dropped.
     *
     * @throws IllegalArgumentException if it is no time
     */
    static long parse(String field, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    field + " '" + text + "' is not a time as HH:MM:SS.ss or DD:HH:MM:SS.ss");
        }
        long minutes = Long.parseLong(form.group(3));
        long millis = new BigDecimal(form.group(4)).movePointRight(3).longValue();
        if (minutes > 59 || millis >= MINUTE) {
            throw new IllegalArgumentException(field + " '" + text + "' has minutes or seconds above 59");
        }
        long days = form.group(1) == null ? 0 : Long.parseLong(form.group(1));
        return days * DAY + Long.parseLong(form.group(2)) * HOUR + minutes * MINUTE + millis;
    }
}
