package xenith.engine.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A lease's stay on nodes: the slot in which its machines run, and what has to happen before and after. */
final class Stay {
    private static final long SECOND = 1_000;

    private final Lease lease;
    private final List<Integer> nodes;
    private Slot running;
    private OptionalLong earlyEndMillis;
    private final List<Slot> before = new ArrayList<>();
    private List<Slot> after = new ArrayList<>();

    /** @param nodes where each machine runs */
    Stay(Lease lease, List<Integer> nodes, long start, long end) {
        this.lease = lease;
        this.nodes = List.copyOf(nodes);
        Map<Integer, Amounts> use = new LinkedHashMap<>();
        for (int machine = 0; machine < nodes.size(); machine++) {
            use.merge(nodes.get(machine), lease.request().machines().get(machine), Amounts::plus);
        }
        running = new Slot(SlotKind.MACHINES, lease.id(), start, end, use);
        earlyEndMillis = earlyEnd();
    }

    Lease lease() {
        return lease;
    }

    int node(int machine) {
        return nodes.get(machine);
    }

    int machines() {
        return nodes.size();
    }

    List<Integer> nodes() {
        return nodes;
    }

    /** One for each machine, in ascending order. */
    List<Integer> nodesInOrder() {
        return nodes.stream().sorted().toList();
    }

    Slot running() {
        return running;
    }

    long start() {
        return running.startMillis();
    }

    long end() {
        return running.endMillis();
    }

    /** When its machines run at another time than they were to; the slot in the table is the caller's to change. */
    void runDuring(long start, long end) {
        running = running.during(start, end);
        earlyEndMillis = earlyEnd();
    }

    /** When its machines will really end, if that is before the end of their slot. Known in simulations alone. */
    OptionalLong earlyEndMillis() {
        return earlyEndMillis;
    }

    private OptionalLong earlyEnd() {
        OptionalLong real = lease.remainingRealMillis();
        if (real.isEmpty() || real.getAsLong() >= end() - start()) {
            return OptionalLong.empty();
        }
        // What has been suspended in its last moment runs on for a moment, as in the ancestor's simulation.
        return OptionalLong.of(start() + (real.getAsLong() == 0 ? SECOND : real.getAsLong()));
    }

    /** Migrations, then resumptions. */
    List<Slot> before() {
        return before;
    }

    /** Either suspensions or the shutdown. */
    List<Slot> after() {
        return after;
    }

    void follow(List<Slot> slots) {
        after = new ArrayList<>(slots);
    }

    /** When the last of its slots ends. */
    long lastEnd() {
        return after.isEmpty() ? end() : after.get(after.size() - 1).endMillis();
    }

    boolean isFirst(Slot slot) {
        return slot == first(slot.kind() == SlotKind.RESUMPTION ? before : after, slot.kind());
    }

    boolean isLast(Slot slot) {
        List<Slot> among = slot.kind() == SlotKind.RESUMPTION ? before : after;
        return slot == among.get(among.size() - 1);
    }

    private static Slot first(List<Slot> among, SlotKind kind) {
        return among.stream().filter(slot -> slot.kind() == kind).findFirst().orElse(null);
    }
}
