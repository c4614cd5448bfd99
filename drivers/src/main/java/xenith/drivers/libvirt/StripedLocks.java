package xenith.drivers.libvirt;

import java.util.Arrays;
import java.util.UUID;

/** A bounded number of locks for any number of machines: some share one, and wait for each other now and then. */
final class StripedLocks {
    private static final int LOCKS = 64;

    private final Object[] locks = new Object[LOCKS];

    StripedLocks() {
        Arrays.setAll(locks, i -> new Object());
    }

    Object of(UUID vm) {
        return locks[Math.floorMod(vm.hashCode(), LOCKS)];
    }
}
