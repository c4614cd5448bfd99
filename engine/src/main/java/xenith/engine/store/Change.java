package xenith.engine.store;

import java.util.Optional;

/**
 * What one commit did to one record.
 *
 * @param before empty when the record is new
 * @param after empty when the record was removed
 */
public record Change<K, V>(Table<K, V> table, Optional<V> before, Optional<V> after) {
    /** The record as it is now, or else as it was. */
    public V any() {
        return after.or(this::before).orElseThrow();
    }
}
