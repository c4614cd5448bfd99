package xenith.engine.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.placement.Explanation.Verdict;

/** Places each machine on the host that a rank prefers among those that its requirements admit. */
public final class RankedPolicy implements PlacementPolicy {
    private final String name;
    private final Comparator<PlacementProblem.Candidate> preference;

    private RankedPolicy(String name, Comparator<PlacementProblem.Candidate> preference) {
        this.name = name;
        this.preference = preference.thenComparing(candidate -> candidate.host().id());
    }

    /** Spreads machines: the host with the most memory left, then the most processor. */
    public static RankedPolicy striping() {
        return new RankedPolicy(
                "striping",
                Comparator.comparingLong((PlacementProblem.Candidate candidate) ->
                                candidate.room().memoryMib())
                        .thenComparingLong(candidate -> candidate.room().cpu())
                        .reversed());
    }

    /** Fills hosts up: the host with the least memory left that still fits. */
    public static RankedPolicy packing() {
        return new RankedPolicy(
                "packing",
                Comparator.comparingLong((PlacementProblem.Candidate candidate) ->
                                candidate.room().memoryMib())
                        .thenComparingLong(candidate -> candidate.room().cpu()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Plan place(PlacementProblem problem) {
        PriorityQueue<PlacementProblem.Candidate> best = new PriorityQueue<>(preference);
        best.addAll(problem.candidates());
        List<Plan.Placement> placements = new ArrayList<>();
        List<Explanation> waiting = new ArrayList<>();
        GroupPlan groups = problem.groups().plan();
        for (VirtualMachine vm : problem.waiting()) {
            List<PlacementProblem.Candidate> passedOver = new ArrayList<>();
            Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
            PlacementProblem.Candidate chosen = besideItsGroup(problem, groups, vm, best);
            while (chosen == null && !best.isEmpty()) {
                PlacementProblem.Candidate candidate = best.poll();
                Verdict verdict = verdict(problem, groups, vm, candidate);
                if (verdict == null) {
                    chosen = candidate;
                } else {
                    verdicts.merge(verdict, 1, Integer::sum);
                    passedOver.add(candidate);
                }
            }
            best.addAll(passedOver);
            if (chosen == null) {
                waiting.add(new Explanation(vm.id(), verdicts));
            } else {
                placements.add(new Plan.Placement(vm.id(), chosen.host().id()));
                groups.placed(vm, chosen.host().id());
                Capacity left = chosen.room().minus(vm.spec().capacity());
                best.add(new PlacementProblem.Candidate(chosen.host(), left));
            }
        }
        return new Plan(placements, waiting);
    }

    /** Takes out the best of the hosts that its group draws the machine to; null when there is none. */
    private PlacementProblem.Candidate besideItsGroup(
            PlacementProblem problem,
            GroupPlan groups,
            VirtualMachine vm,
            PriorityQueue<PlacementProblem.Candidate> best) {
        if (!groups.isDrawn(vm)) {
            return null;
        }
        PlacementProblem.Candidate chosen = best.stream()
                .filter(candidate -> groups.attracts(vm, candidate.host().id()))
                .filter(candidate -> verdict(problem, groups, vm, candidate) == null)
                .min(preference)
                .orElse(null);
        best.remove(chosen);
        return chosen;
    }

    /** Why the host cannot take the machine; null when it can. */
    private static Verdict verdict(
            PlacementProblem problem, GroupPlan groups, VirtualMachine vm, PlacementProblem.Candidate candidate) {
        Host host = candidate.host();
        if (host.state() != HostState.ON) {
            return Verdict.HOST_NOT_ON;
        }
        if (vm.spec().zone().filter(zone -> !zone.equals(host.zone())).isPresent()) {
            return Verdict.OTHER_ZONE;
        }
        if (!problem.isOfItsKind(vm, host)) {
            return Verdict.OTHER_KIND;
        }
        if (groups.forbids(vm, host.id())) {
            return Verdict.OTHER_OF_ITS_GROUP;
        }
        if (!vm.spec().capacity().fitsInto(host.capacity())) {
            return Verdict.NEVER_FITS;
        }
        return vm.spec().capacity().fitsInto(candidate.room()) ? null : Verdict.NO_ROOM_NOW;
    }
}
