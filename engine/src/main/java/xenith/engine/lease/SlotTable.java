package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which resources are promised to whom, when. It takes what it is given: that nothing is promised twice is up to those
 * who ask {@link NodeTimeline} first. Slots of one time stand in the order in which they came. Not thread-safe.
 */
public final class SlotTable {
    /** The node that images come from; it runs no machines. */
    public static final int REPOSITORY = 0;

    private static final long NO_WINDOW = Long.MAX_VALUE;

    private final List<NodeTimeline> nodes = new ArrayList<>();
    private final NavigableMap<Long, List<Slot>> byStart = new TreeMap<>();
    private final NavigableMap<Long, List<Slot>> byEnd = new TreeMap<>();
    private final boolean mistakesTransfers;
    private long window = NO_WINDOW;
    private OptionalLong fullAt = OptionalLong.empty();
    private boolean full;

    /** How many machines of a kind fit at a time on all nodes together, as far as it has been asked. */
    private final Map<Amounts, Integer> counted = new HashMap<>();

    private long countedAt = NO_WINDOW;
    private int size;

    /** @param repositoryMbps how fast images leave the repository */
    public SlotTable(Site site, long repositoryMbps) {
        this(site, repositoryMbps, false);
    }

    /**
     * A table that may err as the ancestor's does.
     *
     * @param mistakesTransfers whether, where slots are listed by their start, a transfer is taken for any slot that starts
     *     at the same time, and the first of both is removed
     */
    SlotTable(Site site, long repositoryMbps, boolean mistakesTransfers) {
        this.mistakesTransfers = mistakesTransfers;
        nodes.add(new NodeTimeline(REPOSITORY, site.types().amounts(Map.of(ResourceTypes.NET_OUT, repositoryMbps))));
        for (Amounts capacity : site.nodes()) {
            nodes.add(new NodeTimeline(nodes.size(), capacity));
        }
    }

    public void add(Slot slot) {
        byStart.computeIfAbsent(slot.startMillis(), time -> new ArrayList<>()).add(slot);
        byEnd.computeIfAbsent(slot.endMillis(), time -> new ArrayList<>()).add(slot);
        if (!slot.isMoment()) {
            slot.use().keySet().forEach(node -> nodes.get(node).add(slot));
        }
        changed();
        size++;
    }

    /** @throws IllegalStateException if it is not there */
    public void remove(Slot slot) {
        take(byStart, slot.startMillis(), slot);
        take(byEnd, slot.endMillis(), slot);
        if (!slot.isMoment()) {
            slot.use().keySet().forEach(node -> nodes.get(node).remove(slot));
        }
        changed();
        size--;
    }

    private void changed() {
        window = NO_WINDOW;
        fullAt = OptionalLong.empty();
        counted.clear();
    }

    /** How many such machines, at most the given number, all nodes together have room for at one moment. */
    int room(Amounts machine, int most, long time) {
        if (countedAt != time) {
            counted.clear();
            countedAt = time;
        }
        int known = counted.getOrDefault(machine, Integer.MAX_VALUE);
        if (known != Integer.MAX_VALUE) {
            return Math.min(known, most);
        }
        int room = 0;
        for (int node = 1; node < nodes.size() && room < most; node++) {
            room += machine.timesIn(nodes.get(node).freeAt(time), most - room);
        }
        if (room < most) {
            counted.put(machine, room);
        }
        return room;
    }

    private void take(Map<Long, List<Slot>> from, long time, Slot slot) {
        List<Slot> there = from.getOrDefault(time, List.of());
        OptionalInt index = IntStream.range(0, there.size())
                .filter(at -> isTakenFor(there.get(at), slot))
                .findFirst();
        if (index.isPresent()) {
            there.remove(index.getAsInt());
            if (there.isEmpty()) {
                from.remove(time);
            }
        } else if (!mistakesTransfers) {
            throw new IllegalStateException(slot + " is not in the table");
        }
    }

    private boolean isTakenFor(Slot one, Slot other) {
        boolean transfer = one.kind() == SlotKind.IMAGE_TRANSFER || other.kind() == SlotKind.IMAGE_TRANSFER;
        return one == other || (mistakesTransfers && transfer && one.startMillis() == other.startMillis());
    }

    /** Whether it is there and has not ended. */
    boolean holds(Slot slot) {
        return byEnd.getOrDefault(slot.endMillis(), List.of()).contains(slot);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** A copy: what is done with one may change the table. */
    public List<Slot> startingAt(long time) {
        return List.copyOf(byStart.getOrDefault(time, List.of()));
    }

    /** A copy: what is done with one may change the table. */
    public List<Slot> endingAt(long time) {
        return List.copyOf(byEnd.getOrDefault(time, List.of()));
    }

    /** In the order of their ends. */
    public List<Slot> endingAfter(long time) {
        List<Slot> after = new ArrayList<>();
        byEnd.tailMap(time, false).values().forEach(after::addAll);
        return after;
    }

    /** All, in the order of their ends. */
    public List<Slot> all() {
        return endingAfter(Long.MIN_VALUE);
    }

    /** When the next slot starts or ends. */
    public OptionalLong nextChange(long time) {
        Long start = byStart.higherKey(time);
        Long end = byEnd.higherKey(time);
        if (start == null && end == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.min(start == null ? Long.MAX_VALUE : start, end == null ? Long.MAX_VALUE : end));
    }

    /** Leases that have a slot in that time, of whatever kind. */
    SortedSet<Integer> leasesBetween(long from, long until) {
        SortedSet<Integer> leases = new TreeSet<>();
        for (List<Slot> ending : byEnd.tailMap(from, false).values()) {
            for (Slot slot : ending) {
                if (slot.startMillis() < until && !slot.isMoment()) {
                    leases.add(slot.lease());
                }
            }
        }
        return leases;
    }

    /** How many nodes there are beside the repository; the first is 1. */
    public int nodes() {
        return nodes.size() - 1;
    }

    NodeTimeline node(int node) {
        return nodes.get(node);
    }

    /** What is free on a node at one moment. */
    public Amounts freeAt(int node, long time) {
        return nodes.get(node).freeAt(time);
    }

    /** Whether in sum nothing of a resource is free. Remembered until a slot comes or goes. */
    boolean isFull(long time, int resource) {
        if (fullAt.isEmpty() || fullAt.getAsLong() != time) {
            full = freeInSum(time, resource) == 0;
            fullAt = OptionalLong.of(time);
        }
        return full;
    }

    private long freeInSum(long time, int resource) {
        long free =
                nodes.stream().mapToLong(node -> node.capacity().get(resource)).sum();
        for (Slot slot : endingAfter(time)) {
            if (slot.startMillis() <= time
                    && byStart.getOrDefault(slot.startMillis(), List.of()).contains(slot)) {
                free -= slot.use().values().stream()
                        .mapToLong(taken -> taken.get(resource))
                        .sum();
            }
        }
        return free;
    }

    /**
     * From when on the ancestor looks for leases to preempt: it keeps the last window that it has computed until a slot
     * comes or goes, and asks it for all leases in it before some end, also those that end before the start in question.
     */
    long ancestorsWindow(long start) {
        boolean covers = window != NO_WINDOW
                && start >= window
                && (start == window || byStart.containsKey(start) || byEnd.containsKey(start));
        if (!covers) {
            window = start;
        }
        return window;
    }
}
