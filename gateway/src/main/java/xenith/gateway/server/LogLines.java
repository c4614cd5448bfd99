package xenith.gateway.server;

import ch.qos.logback.classic.encoder.JsonEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The log's lines, one JSON object each, with times that people can read. Named in {@code logback.xml}. */
public final class LogLines extends JsonEncoder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    protected void appenderMemberWithLongValue(StringBuilder line, String key, long value) {
        if (key.equals(TIMESTAMP_ATTR_NAME)) {
            appenderMember(line, key, TIME.format(Instant.ofEpochMilli(value)));
        } else {
            super.appenderMemberWithLongValue(line, key, value);
        }
    }
}
