package xenith.engine.lease.simulation;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import xenith.engine.lease.LeaseEvent;
import xenith.engine.lease.LeaseEvent.Kind;

/** Events as lines of JSON, in the order in which they happened. */
public final class EventLines {
    private static final Set<Kind> OURS = EnumSet.of(Kind.REJECTED, Kind.REQUEUED, Kind.DONE);
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MILLI_OF_SECOND, 0, 3, true)
            .toFormatter(Locale.ROOT);

    private EventLines() {}

    /**
     * The whole text.
     *
     * @param origin when the trace begins
     * @param ancestorsOnly leaves out what Haizea's log does not tell
     */
    public static String of(Iterable<LeaseEvent> events, LocalDateTime origin, boolean ancestorsOnly) {
        StringBuilder lines = new StringBuilder();
        for (LeaseEvent event : events) {
            if (!ancestorsOnly || !OURS.contains(event.kind())) {
                line(lines, event, origin);
            }
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, LeaseEvent event, LocalDateTime origin) {
        lines.append("{\"time\":\"")
                .append(TIME.format(origin.plus(event.atMillis(), ChronoUnit.MILLIS)))
                .append("\",\"event\":\"")
                .append(event.kind().word())
                .append("\",\"lease\":")
                .append(event.lease());
        if (!event.nodes().isEmpty()) {
            lines.append(",\"nodes\":").append(event.nodes().toString().replace(" ", ""));
        }
        lines.append("}\n");
    }
}
