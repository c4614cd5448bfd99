package xenith.engine.store;

import java.util.Optional;
import java.util.function.Function;
import xenith.engine.model.Capacity;

/**
 * A sum over a table's records by group, kept up to date with every change. Declared once as a constant and named in
 * the table's declaration.
 *
 * @param <G> what the records are grouped by
 * @param <V> the table's record
 */
public final class Tally<G, V> {
    private final String name;
    private final Function<V, Optional<G>> group;
    private final Function<V, Capacity> amount;

    /** @param group where the record's amount counts; empty for records that do not count */
    public Tally(String name, Function<V, Optional<G>> group, Function<V, Capacity> amount) {
        this.name = name;
        this.group = group;
        this.amount = amount;
    }

    Optional<G> groupOf(V record) {
        return group.apply(record);
    }

    Capacity amountOf(V record) {
        return amount.apply(record);
    }

    @Override
    public String toString() {
        return name;
    }
}
