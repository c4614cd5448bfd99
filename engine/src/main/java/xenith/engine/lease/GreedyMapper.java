package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts the largest machines first on the nodes that are most desirable: those with few leases, whose free room does not
 * change for long. As many as fit go on one node before the next is looked at. If there is no room, leases that may be
 * preempted are set aside, one after the other.
 */
final class GreedyMapper {
    private static final int LEASES_THAT_COUNT = 4;

    private final SlotTable table;
    private final SchedulerSettings settings;
    private final NodeOrder order;

    /**
     * What is looked for.
     *
     * @param strict whether all must run until the end, or some shorter time will do
     * @param only the nodes that count; none for all
     * @param preemptible leases that may be set aside, the first one first
     */
    record Wish(Lease lease, long start, long end, boolean strict, List<Integer> only, List<Integer> preemptible) {
        Wish strictly() {
            return new Wish(lease, start, end, true, only, preemptible);
        }
    }

    /** A node's rank at a time. */
    private record Ranked(int node, double score) {}

    GreedyMapper(SlotTable table, SchedulerSettings settings) {
        this.table = table;
        this.settings = settings;
        this.order = new NodeOrder(table.nodes(), settings.rules().isEmpty());
    }

    Optional<Mapping> map(Wish wish) {
        if (wish.preemptible.isEmpty() && !hasRoomAtFirst(wish)) {
            return Optional.empty();
        }
        List<Integer> nodes = ranked(wish);
        int[] machines = largestFirst(wish.lease.request().machines());
        if (!wish.strict && settings.has(Rule.STAY_BEFORE_SUSPENDING)) {
            Optional<Mapping> whole = map(wish.strictly(), nodes, machines);
            if (whole.isPresent()) {
                return whole;
            }
        }
        return map(wish, nodes, machines);
    }

    /** Where the machines of a stay were, if they can go on there. */
    Optional<Mapping> keep(Stay stay, Wish wish) {
        long end = wish.end;
        for (Map.Entry<Integer, Amounts> use : stay.running().use().entrySet()) {
            if (!use.getValue().fitsIn(table.freeAt(use.getKey(), wish.start))) {
                return Optional.empty();
            }
            Availability there = table.node(use.getKey()).between(wish.start, wish.end, List.of());
            end = Math.min(end, there.fitsUntil(use.getValue()));
        }
        boolean enough = end == wish.end || (!wish.strict && end > wish.start);
        return enough ? Optional.of(new Mapping(stay.nodes(), end, List.of())) : Optional.empty();
    }

    private Optional<Mapping> map(Wish wish, List<Integer> nodes, int[] machines) {
        List<Integer> aside = new ArrayList<>();
        Optional<Mapping> found = attempt(wish, nodes, machines, aside);
        for (int next = 0; found.isEmpty() && next < wish.preemptible.size(); next++) {
            aside.add(wish.preemptible.get(next));
            found = attempt(wish, nodes, machines, aside);
        }
        return settings.has(Rule.PREEMPT_NO_MORE_THAN_NEEDED)
                ? found.map(mapping -> withoutSpare(mapping, wish, nodes, machines))
                : found;
    }

    /** Puts those back, the last one first, that did not help. */
    private Mapping withoutSpare(Mapping mapping, Wish wish, List<Integer> nodes, int[] machines) {
        Mapping least = mapping;
        for (int index = mapping.preempted().size() - 2; index >= 0; index--) {
            List<Integer> fewer = new ArrayList<>(least.preempted());
            fewer.remove(mapping.preempted().get(index));
            least = attempt(wish, nodes, machines, fewer).orElse(least);
        }
        return least;
    }

    private Optional<Mapping> attempt(Wish wish, List<Integer> nodes, int[] machines, List<Integer> aside) {
        int[] places = new int[machines.length];
        int placed = 0;
        long end = wish.end;
        for (int node : nodes) {
            Amounts need = wish.lease.request().machines().get(machines[placed]);
            Availability there = table.node(node).between(wish.start, wish.end, aside);
            boolean more = true;
            while (more) {
                if (there.fits(need, end)) {
                    places[machines[placed]] = node;
                    placed++;
                    if (placed == machines.length) {
                        return Optional.of(
                                new Mapping(Arrays.stream(places).boxed().toList(), end, aside));
                    }
                    need = need.plus(wish.lease.request().machines().get(machines[placed]));
                } else {
                    long until = wish.strict ? Long.MIN_VALUE : there.fitsUntil(need);
                    more = until != Long.MIN_VALUE;
                    end = more ? until : end;
                }
            }
        }
        return Optional.empty();
    }

    /** A cheap look before the thorough one: whether at that moment so many of its smallest machines fit. */
    boolean hasRoomAtFirst(Lease lease, long moment) {
        return table.room(lease.smallest(), lease.machines(), moment) == lease.machines();
    }

    private boolean hasRoomAtFirst(Wish wish) {
        if (wish.only.isEmpty()) {
            return hasRoomAtFirst(wish.lease, wish.start);
        }
        int missing = wish.lease.machines();
        for (int index = 0; index < wish.only.size() && missing > 0; index++) {
            missing -= wish.lease.smallest().timesIn(table.freeAt(wish.only.get(index), wish.start), missing);
        }
        return missing == 0;
    }

    private List<Integer> ranked(Wish wish) {
        List<Integer> nodes = wish.only.isEmpty() ? order.all() : order.among(wish.only);
        return nodes.stream()
                .map(node -> new Ranked(
                        node, score(node, wish.start, wish.lease.request().durationMillis())))
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .map(Ranked::node)
                .toList();
    }

    /** From 0 to 1: half for how few leases are there, a quarter for how long nothing changes; the rest is the same. */
    private double score(int node, long time, long durationMillis) {
        NodeTimeline there = table.node(node);
        int leases = Math.min(LEASES_THAT_COUNT, there.leasesAt(time));
        double few = (LEASES_THAT_COUNT - leases) / (double) LEASES_THAT_COUNT;
        long change = there.nextChange(time);
        boolean lasts = change == NodeTimeline.NEVER || change - time >= durationMillis;
        double lasting = lasts ? 1.0 : (change - time) / (double) durationMillis;
        return 0.5 * few + 0.25 + 0.25 * lasting;
    }

    /** The sum of each one's shares of the largest. */
    private static int[] largestFirst(List<Amounts> machines) {
        int resources = machines.get(0).size();
        long[] most = new long[resources];
        for (Amounts machine : machines) {
            for (int resource = 0; resource < resources; resource++) {
                most[resource] = Math.max(most[resource], machine.get(resource));
            }
        }
        double[] sizes = new double[machines.size()];
        for (int machine = 0; machine < sizes.length; machine++) {
            for (int resource = 0; resource < resources; resource++) {
                if (most[resource] > 0) {
                    sizes[machine] += machines.get(machine).get(resource) / (double) most[resource];
                }
            }
        }
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer machine) -> sizes[machine])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
