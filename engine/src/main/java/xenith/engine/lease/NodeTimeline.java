package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a node is free, and for whom it is taken, from the first slot to the last. */
final class NodeTimeline {
    static final long NEVER = Long.MAX_VALUE;

    private final Amounts capacity;
    private final List<Slot> slots = new ArrayList<>();
    private final int node;

    /** Computed when it is asked for, forgotten when a slot comes or goes. */
    private Steps steps;

    /** Between two changes, the same is free and the same leases are there. */
    private static final class Steps {
        private final long[] starts;
        private final List<Amounts> free;
        private final List<Map<Integer, Amounts>> takenByLease;

        private Steps(List<Long> starts, List<Amounts> free, List<Map<Integer, Amounts>> takenByLease) {
            this.starts = starts.stream().mapToLong(Long::longValue).toArray();
            this.free = free;
            this.takenByLease = takenByLease;
        }

        private int at(long time) {
            int found = Arrays.binarySearch(starts, time);
            return found >= 0 ? found : -found - 2;
        }
    }

    NodeTimeline(int node, Amounts capacity) {
        this.node = node;
        this.capacity = capacity;
    }

    Amounts capacity() {
        return capacity;
    }

    void add(Slot slot) {
        slots.add(slot);
        steps = null;
    }

    void remove(Slot slot) {
        for (int index = slots.size() - 1; index >= 0; index--) {
            if (slots.get(index) == slot) {
                slots.remove(index);
                steps = null;
                return;
            }
        }
        throw new IllegalStateException(slot + " is not on node " + node);
    }

    Amounts freeAt(long time) {
        Steps now = steps();
        return now.free.get(now.at(time));
    }

    /** How many leases have slots there then. */
    int leasesAt(long time) {
        Steps now = steps();
        return now.takenByLease.get(now.at(time)).size();
    }

    /** When something changes there after that time; {@link #NEVER} if nothing does. */
    long nextChange(long time) {
        Steps now = steps();
        int next = now.at(time) + 1;
        return next < now.starts.length ? now.starts[next] : NEVER;
    }

    /**
     * What stays free from a time on; of what comes after the end nothing is said.
     *
     * @param without leases whose slots do not count
     */
    Availability between(long time, long end, List<Integer> without) {
        Steps now = steps();
        List<Amounts> free = new ArrayList<>();
        List<Long> until = new ArrayList<>();
        for (int index = now.at(time); index < now.starts.length && now.starts[index] < end; index++) {
            Amounts here = without.isEmpty() ? now.free.get(index) : freeWithout(now.takenByLease.get(index), without);
            if (free.isEmpty()) {
                free.add(here);
            } else {
                Amounts before = free.get(free.size() - 1);
                if (here.anyBelow(before)) {
                    until.add(now.starts[index]);
                    free.add(here.least(before));
                }
            }
        }
        until.add(NEVER);
        return new Availability(free, until);
    }

    private Amounts freeWithout(Map<Integer, Amounts> takenByLease, List<Integer> without) {
        Amounts free = capacity;
        for (Map.Entry<Integer, Amounts> taken : takenByLease.entrySet()) {
            if (!without.contains(taken.getKey())) {
                free = free.minus(taken.getValue());
            }
        }
        return free;
    }

    private Steps steps() {
        if (steps == null) {
            steps = computed();
        }
        return steps;
    }

    private Steps computed() {
        List<Slot> ahead = new ArrayList<>(slots);
        ahead.sort(Comparator.comparingLong(Slot::startMillis));
        TreeSet<Long> changes = new TreeSet<>();
        for (Slot slot : ahead) {
            changes.add(slot.startMillis());
            changes.add(slot.endMillis());
        }
        List<Long> starts = new ArrayList<>(List.of(Long.MIN_VALUE));
        List<Amounts> free = new ArrayList<>(List.of(capacity));
        List<Map<Integer, Amounts>> taken = new ArrayList<>(List.of(Collections.emptyMap()));
        List<Slot> there = new ArrayList<>();
        int begun = 0;
        for (long change : changes) {
            there.removeIf(slot -> slot.endMillis() <= change);
            while (begun < ahead.size() && ahead.get(begun).startMillis() == change) {
                there.add(ahead.get(begun));
                begun++;
            }
            Map<Integer, Amounts> here = byLease(there);
            Amounts rest = freeWithout(here, List.of());
            int last = free.size() - 1;
            // Slots of one lease that follow each other without a change are one, as hosts are ranked by the next one.
            if (!rest.equals(free.get(last))
                    || !here.keySet().equals(taken.get(last).keySet())) {
                starts.add(change);
                free.add(rest);
                taken.add(here);
            }
        }
        return new Steps(starts, free, taken);
    }

    private Map<Integer, Amounts> byLease(List<Slot> there) {
        Map<Integer, Amounts> taken = new TreeMap<>();
        for (Slot slot : there) {
            taken.merge(slot.lease(), slot.use().get(node), Amounts::plus);
        }
        return taken;
    }
}
