package xenith.security.query;

import java.util.Objects;

/** One line of an HTTP header, as it was received. */
public record HeaderField(String name, String value) {
    public HeaderField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
