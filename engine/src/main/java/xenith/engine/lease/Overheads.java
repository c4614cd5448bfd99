package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import xenith.engine.lease.SchedulerSettings.Exclusion;

/** How long it takes to suspend, resume, move and shut down, and the slots for it. Durations are whole seconds. */
final class Overheads {
    private static final long SECOND = 1_000;
    private static final long BITS_PER_BYTE = 8;

    private final SchedulerSettings settings;
    private final ResourceTypes types;
    private final int memory;

    /** Machines that are suspended or resumed at one time, by node. */
    private record Batch(long start, long end, Map<Integer, List<Integer>> machines) {
        int size() {
            return machines.values().stream().mapToInt(List::size).sum();
        }

        Batch between(long other, long otherEnd) {
            return new Batch(other, otherEnd, machines);
        }
    }

    Overheads(SchedulerSettings settings, ResourceTypes types) {
        this.settings = settings;
        this.types = types;
        this.memory = types.index(ResourceTypes.MEMORY);
    }

    long memoryMib(Lease lease, int machine) {
        return lease.request().machines().get(machine).get(memory);
    }

    long transferMillis(long mib) {
        return seconds(mib * BITS_PER_BYTE, settings.networkMbps());
    }

    /** An estimate of how long it takes to move a suspended lease's memory. */
    long memoryMigrationMillis(Lease lease) {
        if (settings.migration() == SchedulerSettings.Migration.WITHOUT_TRANSFER) {
            return 0;
        }
        Stay stay = lease.stay();
        return migrationEstimateMillis(
                stay, machine -> stay.running().use().get(stay.node(machine)).get(memory));
    }

    /** From above: one machine after the other; the ancestor's: as long as the node takes that has most to send. */
    long migrationEstimateMillis(Stay stay, IntToLongFunction mibOfMachine) {
        Map<Integer, Long> mibOnNode = new TreeMap<>();
        long oneByOne = 0;
        for (int machine = 0; machine < stay.machines(); machine++) {
            mibOnNode.merge(stay.node(machine), mibOfMachine.applyAsLong(machine), Long::sum);
            oneByOne += transferMillis(mibOfMachine.applyAsLong(machine));
        }
        long most = mibOnNode.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return settings.has(Rule.MIGRATE_IN_TIME) ? oneByOne : transferMillis(most);
    }

    long shutdownMillis(Lease lease) {
        return settings.shutdownMillis() + settings.enactmentMillis() * lease.machines();
    }

    /** An estimate from above: as if one machine after the other had the memory of all. */
    long resumeEstimateMillis(Lease lease) {
        return estimate(lease, settings.resumeMibPerSecond());
    }

    private long suspendEstimateMillis(Lease lease) {
        return settings.fixedSuspendMillis().orElseGet(() -> estimate(lease, settings.suspendMibPerSecond()));
    }

    private long estimate(Lease lease, long mibPerSecond) {
        long mib = lease.total().get(memory);
        return lease.machines() * (seconds(mib, mibPerSecond) + settings.enactmentMillis());
    }

    /** For less than that it is not worth starting: twice what suspending (and resuming) takes. */
    long leastStayMillis(Lease lease) {
        long safe = suspendEstimateMillis(lease);
        if (lease.state() == LeaseState.SUSPENDED_QUEUED) {
            safe += resumeEstimateMillis(lease);
        }
        return 2 * safe;
    }

    private static long seconds(long amount, long perSecond) {
        return -Math.floorDiv(-amount, perSecond) * SECOND;
    }

    /** Suspensions that have ended by a time, the earliest first. */
    List<Slot> suspensions(Stay stay, long by) {
        return slots(SlotKind.SUSPENSION, stay, suspensionBatches(stay, by));
    }

    /** Resumptions from a time on, the earliest first. */
    List<Slot> resumptions(Stay stay, long from) {
        return slots(SlotKind.RESUMPTION, stay, resumptionBatches(stay, from));
    }

    private List<Batch> resumptionBatches(Stay stay, long from) {
        List<Batch> apart = new ArrayList<>();
        long free = Long.MIN_VALUE;
        for (Batch batch : batches(stay, from, 1, settings.resumeMibPerSecond(), OptionalLong.empty())) {
            long start = Math.max(batch.start, free);
            free = start + batch.end - batch.start + settings.enactmentMillis() * batch.size();
            apart.add(batch.between(start, free));
        }
        return apart;
    }

    /** The same from the end backwards. */
    private List<Batch> suspensionBatches(Stay stay, long by) {
        List<Batch> apart = new ArrayList<>();
        long free = Long.MAX_VALUE;
        for (Batch batch : batches(stay, by, -1, settings.suspendMibPerSecond(), settings.fixedSuspendMillis())) {
            long end = Math.min(batch.end, free);
            free = end - (batch.end - batch.start) - settings.enactmentMillis() * batch.size();
            apart.add(0, batch.between(free, end));
        }
        return apart;
    }

    /** Each node's machines one after the other, from a time on (or towards it); those of the same time together. */
    private List<Batch> batches(Stay stay, long time, int direction, long mibPerSecond, OptionalLong fixedMillis) {
        boolean oneByOne = settings.exclusion() == Exclusion.GLOBAL;
        Map<Integer, Long> reached = new LinkedHashMap<>();
        Comparator<long[]> byTime =
                Comparator.comparingLong((long[] span) -> span[0]).thenComparingLong(span -> span[1]);
        Map<long[], Map<Integer, List<Integer>>> spans = new TreeMap<>(direction > 0 ? byTime : byEndFromTheLast());
        for (int machine = 0; machine < stay.machines(); machine++) {
            long millis = fixedMillis.isPresent()
                    ? fixedMillis.getAsLong()
                    : seconds(memoryMib(stay.lease(), machine), mibPerSecond);
            int node = stay.node(machine);
            // Under global exclusion each machine starts its own batch, and batches never overlap.
            int lane = oneByOne ? machine : node;
            long begun = reached.getOrDefault(lane, time);
            long ended = begun + direction * millis;
            reached.put(lane, ended);
            spans.computeIfAbsent(new long[] {Math.min(begun, ended), Math.max(begun, ended)}, span -> new TreeMap<>())
                    .computeIfAbsent(node, there -> new ArrayList<>())
                    .add(machine);
        }
        List<Batch> batches = new ArrayList<>();
        spans.forEach((span, machines) -> {
            if (oneByOne) {
                machines.forEach((node, all) -> all.forEach(
                        machine -> batches.add(new Batch(span[0], span[1], Map.of(node, List.of(machine))))));
            } else {
                batches.add(new Batch(span[0], span[1], machines));
            }
        });
        return batches;
    }

    private static Comparator<long[]> byEndFromTheLast() {
        return Comparator.comparingLong((long[] span) -> span[1])
                .thenComparingLong(span -> span[0])
                .reversed();
    }

    private List<Slot> slots(SlotKind kind, Stay stay, List<Batch> batches) {
        List<Slot> slots = new ArrayList<>();
        for (Batch batch : batches) {
            Map<Integer, Amounts> use = new TreeMap<>();
            batch.machines.forEach((node, machines) -> use.put(node, files(stay.lease(), machines)));
            slots.add(new Slot(kind, stay.lease().id(), batch.start, batch.end, use));
        }
        return slots;
    }

    private Amounts files(Lease lease, List<Integer> machines) {
        long mib = machines.stream()
                .mapToLong(machine -> memoryMib(lease, machine))
                .sum();
        long taken = settings.has(Rule.MEMORY_COUNTS_ONCE) ? mib : mib * machines.size();
        return types.amounts(Map.of(ResourceTypes.MEMORY, taken, ResourceTypes.DISK, taken));
    }

    /** Moves what must move before the next stay: machines whose nodes do not overlap at once, the others after them. */
    List<Slot> migrations(SlotKind kind, Stay last, Stay next, long from, MigrationLength length) {
        boolean moves = false;
        TreeSet<Integer> left = new TreeSet<>();
        for (int machine = 0; machine < next.machines(); machine++) {
            left.add(machine);
            moves |= last.node(machine) != next.node(machine);
        }
        if (!moves) {
            return new ArrayList<>();
        }
        int lease = next.lease().id();
        List<Slot> slots = new ArrayList<>();
        if (settings.migration() == SchedulerSettings.Migration.WITHOUT_TRANSFER) {
            slots.add(new Slot(kind, lease, from, from, Map.of()));
            return slots;
        }
        long start = Math.max(last.lastEnd(), from);
        while (!left.isEmpty()) {
            Map<Integer, Amounts> use = new TreeMap<>();
            List<Integer> together = new ArrayList<>();
            for (int machine : left) {
                int origin = last.node(machine);
                int destination = next.node(machine);
                if (!use.containsKey(origin) && !use.containsKey(destination)) {
                    use.put(origin, network(ResourceTypes.NET_OUT));
                    use.put(destination, network(ResourceTypes.NET_IN));
                    together.add(machine);
                }
            }
            left.removeAll(together);
            long end = start + length.millis(together);
            slots.add(new Slot(kind, lease, start, end, use));
            start = end;
        }
        return slots;
    }

    /** How long it takes to move these machines at once. */
    @FunctionalInterface
    interface MigrationLength {
        long millis(List<Integer> machines);
    }

    Amounts network(String direction) {
        return types.amounts(Map.of(direction, settings.networkMbps()));
    }
}
