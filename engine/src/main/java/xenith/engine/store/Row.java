package xenith.engine.store;

import java.time.Instant;
import java.util.Optional;

/** One row of a table while it is read. Column names are those of the table's declaration. */
public interface Row {
    /** @throws IllegalStateException when the column is null */
    String text(String column);

    Optional<String> optionalText(String column);

    /** @throws IllegalStateException when the column is null */
    long number(String column);

    Optional<Long> optionalNumber(String column);

    default boolean flag(String column) {
        return number(column) != 0;
    }

    /** Times are stored in milliseconds since 1970. */
    default Instant time(String column) {
        return Instant.ofEpochMilli(number(column));
    }

    default Optional<Instant> optionalTime(String column) {
        return optionalNumber(column).map(Instant::ofEpochMilli);
    }
}
