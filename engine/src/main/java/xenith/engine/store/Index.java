package xenith.engine.store;

import java.util.Optional;
import java.util.function.Function;

/**
 * What records of a table are found by in memory. Declared once as a constant and named in the table's declaration.
 *
 * @param <I> the value that is looked up
 * @param <K> the table's key
 * @param <V> the table's record
 */
@SuppressWarnings("UnusedTypeParameter") // K ties an index to the tables with that key.
public final class Index<I, K, V> {
    private final String name;
    private final Function<V, Optional<I>> value;

    /** @param value what the record is found by; empty for records that the index leaves out */
    public Index(String name, Function<V, Optional<I>> value) {
        this.name = name;
        this.value = value;
    }

    Optional<I> valueOf(V record) {
        return value.apply(record);
    }

    @Override
    public String toString() {
        return name;
    }
}
