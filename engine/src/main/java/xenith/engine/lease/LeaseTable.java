package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The leases that are not over. */
final class LeaseTable {
    private final Map<Integer, Lease> leases = new HashMap<>();
    private final HashOrder ancestors = new HashOrder();
    private final boolean byId;

    LeaseTable(boolean byId) {
        this.byId = byId;
    }

    /** @throws IllegalArgumentException if there is one with this id */
    void add(Lease lease) {
        if (leases.putIfAbsent(lease.id(), lease) != null) {
            throw new IllegalArgumentException("lease " + lease.id() + " is there already");
        }
        ancestors.add(lease.id());
    }

    void remove(Lease lease) {
        leases.remove(lease.id());
        ancestors.remove(lease.id());
    }

    Lease get(int id) {
        return leases.get(id);
    }

    /** Those that have just come, by id or as the ancestor walks them. */
    List<Lease> pending() {
        IntStream order = IntStream.of(ancestors.numbers());
        List<Lease> pending = new ArrayList<>();
        (byId ? order.sorted() : order).forEach(id -> {
            if (leases.get(id).state() == LeaseState.PENDING) {
                pending.add(leases.get(id));
            }
        });
        return pending;
    }
}
