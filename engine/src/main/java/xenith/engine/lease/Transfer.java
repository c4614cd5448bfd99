package xenith.engine.lease;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An image on its way from the repository to nodes. */
final class Transfer {
    private final Lease lease;
    private final DiskImage image;
    private final Slot slot;
    private final Map<Integer, List<Copy>> copies = new TreeMap<>();
    private final Set<Lease> wanting = new LinkedHashSet<>();

    /** A machine's disk. */
    record Copy(int lease, int machine) {}

    Transfer(Lease lease, DiskImage image, Slot slot) {
        this.lease = lease;
        this.image = image;
        this.slot = slot;
    }

    Lease lease() {
        return lease;
    }

    DiskImage image() {
        return image;
    }

    Slot slot() {
        return slot;
    }

    long start() {
        return slot.startMillis();
    }

    long end() {
        return slot.endMillis();
    }

    void bring(Lease whose, int machine, int node) {
        copies.computeIfAbsent(node, there -> new ArrayList<>()).add(new Copy(whose.id(), machine));
        wanting.add(whose);
    }

    /** Leases that wait for it; the one that it was booked for may have left. */
    Set<Lease> wanting() {
        return wanting;
    }

    Map<Integer, List<Copy>> copies() {
        return copies;
    }

    /** @return whether nobody is left that it is for */
    boolean forget(Lease whose) {
        wanting.remove(whose);
        copies.values().forEach(there -> there.removeIf(copy -> copy.lease() == whose.id()));
        copies.values().removeIf(List::isEmpty);
        return copies.isEmpty();
    }
}
