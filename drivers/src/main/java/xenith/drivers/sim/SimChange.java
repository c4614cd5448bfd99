package xenith.drivers.sim;

import java.util.Optional;

/** One thing of one host is now this, or gone. */
record SimChange(SimKind<?> kind, String host, String id, Optional<Object> value) {
    static <T> SimChange put(SimKind<T> kind, String host, Object id, T value) {
        return new SimChange(kind, host, id.toString(), Optional.of(value));
    }

    static SimChange remove(SimKind<?> kind, String host, Object id) {
        return new SimChange(kind, host, id.toString(), Optional.empty());
    }
}
