package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leases for which there was no room a moment ago, so that those that ask for as much or more need not be tried. Only leases
 * of machines that are all alike are compared.
 */
final class Failures {
    private final Map<Amounts, List<Lease>> byMachine = new HashMap<>();

    void clear() {
        byMachine.clear();
    }

    void add(Lease lease) {
        if (lease.isOfOneKind()) {
            byMachine
                    .computeIfAbsent(lease.smallest(), machine -> new ArrayList<>())
                    .add(lease);
        }
    }

    /** Whether one failed that asked for no more machines, for no longer. */
    boolean cover(Lease lease) {
        return lease.isOfOneKind()
                && byMachine.getOrDefault(lease.smallest(), List.of()).stream()
                        .anyMatch(failed -> failed.machines() <= lease.machines()
                                && failed.remainingMillis() <= lease.remainingMillis());
    }
}
