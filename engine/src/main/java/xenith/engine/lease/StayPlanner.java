package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import xenith.engine.lease.GreedyMapper.Wish;
import xenith.engine.lease.SchedulerSettings.Migration;

/** Finds when and where a lease's machines can run; books nothing. */
final class StayPlanner {
    private final SlotTable table;
    private final SchedulerSettings settings;
    private final Overheads overheads;
    private final GreedyMapper mapper;
    private final Preemption preemption;
    private final IntFunction<Lease> leases;

    /**
     * A stay that could be booked.
     *
     * @param preempted leases that have to make room
     * @param future not its earliest time
     */
    record Plan(Stay stay, List<Integer> preempted, boolean future) {}

    /**
     * A time at which to try.
     *
     * @param only the nodes that count then, none for all
     * @param inPlace whether a suspended lease has to go on where it was
     */
    private record Opening(long time, List<Integer> only, boolean inPlace) {
        Opening(long time, List<Integer> only) {
            this(time, only, false);
        }
    }

    private record Found(long start, Mapping mapping, boolean future) {}

    StayPlanner(
            SlotTable table,
            SchedulerSettings settings,
            Overheads overheads,
            Preemption preemption,
            GreedyMapper mapper,
            IntFunction<Lease> leases) {
        this.table = table;
        this.settings = settings;
        this.overheads = overheads;
        this.preemption = preemption;
        this.leases = leases;
        this.mapper = mapper;
    }

    /** At its exact time. */
    Optional<Plan> exact(Lease lease, long now) {
        long start = lease.request().startMillis().orElseThrow();
        long end = start + lease.request().durationMillis();
        return map(lease, start, end, true, List.of(), now).map(mapping -> {
            Stay stay = new Stay(lease, mapping.nodes(), start, end);
            shutDown(stay);
            return new Plan(stay, mapping.preempted(), false);
        });
    }

    /** Some time between its start and its deadline, in one piece. */
    Optional<Plan> beforeDeadline(Lease lease, EarliestStarts earliest, long now) {
        long from = Math.max(now, lease.request().startMillis().orElseThrow());
        long millis = lease.request().durationMillis() + overheads.shutdownMillis(lease);
        long last = lease.request().deadlineMillis().orElseThrow() - millis;
        List<Opening> openings = new ArrayList<>();
        for (Opening opening : firstOpenings(earliest)) {
            openings.add(new Opening(Math.max(from, opening.time), opening.only));
        }
        openings.addAll(laterOpenings(openings.get(openings.size() - 1).time));
        for (Opening opening : openings) {
            if (opening.time <= last) {
                long end = opening.time + millis;
                Optional<Mapping> mapping = map(lease, opening.time, end, true, opening.only, now);
                if (mapping.isPresent()) {
                    Stay stay = new Stay(lease, mapping.get().nodes(), opening.time, end);
                    shutDown(stay);
                    return Optional.of(new Plan(stay, List.of(), false));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * As soon as there is room.
     *
     * @param ahead whether it may get a place in the future
     * @param before when it had a place before; empty if it had none
     * @throws LeaseFault if it finds no place even there
     */
    Optional<Plan> soon(Lease lease, EarliestStarts earliest, boolean ahead, OptionalLong before, long now) {
        long remaining = lease.remainingMillis();
        long shutdown = overheads.shutdownMillis(lease);
        boolean suspended = lease.state().isSuspended();
        long duration = remaining + shutdown + (suspended ? overheads.resumeEstimateMillis(lease) : 0);
        long least = overheads.leastStayMillis(lease);
        List<Opening> first = suspended ? resumeOpenings(lease, earliest, now) : firstOpenings(earliest);
        Optional<Found> found = at(first, lease, duration, least, false, now);
        if (found.isEmpty() && ahead) {
            long last = first.get(first.size() - 1).time;
            found = at(later(lease, last, before), lease, duration, least, true, now);
            if (found.isEmpty()) {
                throw new LeaseFault("lease " + lease.id() + " finds no place, however late");
            }
        }
        return found.map(place -> plan(lease, place, remaining, shutdown, suspended));
    }

    private Plan plan(Lease lease, Found place, long remaining, long shutdown, boolean suspended) {
        long end = place.mapping.endMillis();
        Stay stay = new Stay(lease, place.mapping.nodes(), place.start, end);
        if (suspended) {
            resume(stay);
        }
        long needed = remaining + (settings.has(Rule.RUN_THE_WHOLE_TIME) ? shutdown : 0);
        if (stay.end() - stay.start() < needed) {
            suspend(stay, end);
        } else {
            // What it takes to resume was estimated from above.
            stay.runDuring(stay.start(), Math.min(stay.end(), stay.start() + remaining + shutdown));
            shutDown(stay);
        }
        return new Plan(stay, place.mapping.preempted(), place.future);
    }

    private Optional<Found> at(
            List<Opening> openings, Lease lease, long duration, long least, boolean future, long now) {
        boolean whole = lease.request().kind() == LeaseKind.IMMEDIATE && settings.has(Rule.IMMEDIATE_IN_ONE_PIECE);
        boolean strict = whole || !preemption.maySuspend(lease);
        for (Opening opening : openings) {
            long end = opening.time + duration;
            Optional<Mapping> mapping = Optional.empty();
            if (lease.state().isSuspended() && settings.has(Rule.RESUME_IN_PLACE)) {
                mapping = mapper.keep(lease.stay(), new Wish(lease, opening.time, end, strict, List.of(), List.of()));
            }
            if (mapping.isEmpty() && !opening.inPlace) {
                mapping = map(lease, opening.time, end, strict, opening.only, now);
            }
            if (mapping.isPresent()
                    && (mapping.get().endMillis() >= end || mapping.get().endMillis() - opening.time >= least)) {
                return Optional.of(new Found(opening.time, mapping.get(), future));
            }
        }
        return Optional.empty();
    }

    private Optional<Mapping> map(Lease lease, long start, long end, boolean strict, List<Integer> only, long now) {
        List<Integer> preemptible = List.of();
        long from = settings.rules().isEmpty() ? table.ancestorsWindow(start) : start;
        if (lease.request().kind() == LeaseKind.ADVANCE_RESERVATION) {
            List<Lease> there = table.leasesBetween(from, end).stream()
                    .map(leases::apply)
                    .filter(other -> other != null)
                    .toList();
            preemptible = preemption.candidates(lease, there, start, now);
        }
        return mapper.map(new Wish(lease, start, end, strict, only, preemptible));
    }

    private static List<Opening> firstOpenings(EarliestStarts earliest) {
        return earliest.ready().stream()
                .map(ready -> new Opening(ready.millis(), ready.only()))
                .toList();
    }

    private List<Opening> resumeOpenings(Lease lease, EarliestStarts earliest, long now) {
        List<Opening> openings = new ArrayList<>();
        if (settings.has(Rule.RESUME_IN_PLACE)) {
            openings.add(new Opening(now, List.of(), true));
        }
        openings.add(new Opening(earliest.elsewhere().millis(), resumable(lease)));
        return openings;
    }

    /** The place that it had stays open to it, also if what ended there has ended. */
    private List<Opening> later(Lease lease, long after, OptionalLong before) {
        List<Opening> openings = new ArrayList<>(laterOpenings(after));
        if (before.isPresent() && before.getAsLong() > after) {
            openings.add(new Opening(before.getAsLong(), List.of()));
            openings.sort(Comparator.comparingLong(Opening::time));
        }
        List<Integer> only = lease.state().isSuspended() ? resumable(lease) : List.of();
        return openings.stream().map(opening -> new Opening(opening.time, only)).toList();
    }

    private List<Integer> resumable(Lease lease) {
        return settings.migration() == Migration.NO ? nodesOf(lease) : List.of();
    }

    private static List<Integer> nodesOf(Lease lease) {
        return lease.stay().nodesInOrder().stream().distinct().toList();
    }

    /** When machines end after that time, as only then there is more room than before. */
    private List<Opening> laterOpenings(long after) {
        List<Slot> slots = table.endingAfter(after);
        LinkedHashSet<Long> times = new LinkedHashSet<>();
        for (Slot slot : slots) {
            if (slot.kind() == SlotKind.MACHINES) {
                times.add(leases.apply(slot.lease()).stay().lastEnd());
            }
        }
        for (Slot slot : slots) {
            // Of machines that are shutting down already no other slot is left; the others' shutdowns are known.
            if (slot.kind() == SlotKind.SHUTDOWN) {
                times.add(slot.endMillis());
            }
        }
        if (settings.has(Rule.OPENINGS_IN_ORDER)) {
            slots.stream()
                    .filter(slot -> slot.kind() == SlotKind.SUSPENSION)
                    .forEach(slot -> times.add(slot.endMillis()));
        }
        java.util.stream.Stream<Long> order = times.stream();
        return (settings.has(Rule.OPENINGS_IN_ORDER) ? order.sorted() : order)
                .map(time -> new Opening(time, List.of()))
                .toList();
    }

    private void shutDown(Stay stay) {
        long end = stay.end();
        long start = end - overheads.shutdownMillis(stay.lease());
        Slot running = stay.running();
        stay.runDuring(stay.start(), start);
        stay.follow(List.of(new Slot(SlotKind.SHUTDOWN, running.lease(), start, end, running.use())));
    }

    private void resume(Stay stay) {
        List<Slot> resumptions = overheads.resumptions(stay, stay.start());
        long end = resumptions.get(resumptions.size() - 1).endMillis();
        if (end > stay.end()) {
            throw new LeaseFault("lease " + stay.lease().id() + " would be resumed after its stay");
        }
        stay.runDuring(end, stay.end());
        stay.before().addAll(resumptions);
    }

    /**
     * Has the machines suspended by that time.
     *
     * @throws LeaseFault if there is not that much time
     */
    void suspend(Stay stay, long by) {
        List<Slot> suspensions = overheads.suspensions(stay, by);
        long start = suspensions.get(0).startMillis();
        if (by < stay.start() || by > stay.end() || start < stay.start()) {
            throw new LeaseFault("lease " + stay.lease().id() + " has no time to be suspended by " + by);
        }
        stay.runDuring(stay.start(), start);
        stay.follow(suspensions);
    }
}
