package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a lease could start on each node.
 *
 * @param elsewhere on all nodes that are not named
 */
record EarliestStarts(int nodes, Earliest elsewhere, Map<Integer, Earliest> named) {
    /**
     * Nodes that are ready by a time.
     *
     * @param only none if all are
     */
    record Ready(long millis, List<Integer> only) {}

    EarliestStarts {
        named = Map.copyOf(named);
    }

    static EarliestStarts everywhere(int nodes, Earliest earliest) {
        return new EarliestStarts(nodes, earliest, Map.of());
    }

    Earliest on(int node) {
        return named.getOrDefault(node, elsewhere);
    }

    /** Those that may wait wait for a transfer of another lease, if it ends sooner than what is known. */
    EarliestStarts orSharing(Transfer transfer) {
        Map<Integer, Earliest> sooner = new HashMap<>();
        named.forEach((node, known) -> sooner.put(node, sooner(known, transfer)));
        return new EarliestStarts(nodes, sooner(elsewhere, transfer), sooner);
    }

    private static Earliest sooner(Earliest known, Transfer transfer) {
        return transfer.end() < known.millis()
                ? new Earliest(transfer.end(), Earliest.How.SHARED_TRANSFER, known.transferStartMillis(), transfer)
                : known;
    }

    /** Each time at which nodes become ready, with all that are ready by then. */
    List<Ready> ready() {
        if (named.isEmpty()) {
            return List.of(new Ready(elsewhere.millis(), List.of()));
        }
        SortedSet<Long> times = new TreeSet<>();
        List<Integer> order = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            times.add(on(node).millis());
            order.add(node);
        }
        order.sort(Comparator.comparingLong((Integer node) -> on(node).millis()));
        List<Ready> ready = new ArrayList<>();
        for (long time : times) {
            ready.add(new Ready(
                    time,
                    order.stream().filter(node -> on(node).millis() <= time).toList()));
        }
        return ready;
    }
}
