package xenith.engine.placement;

import java.util.List;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.VirtualMachine;

/**
 * What a policy decides on.
 *
 * @param waiting machines that want a host, oldest first
 * @param candidates hosts with what they have left
 */
public record PlacementProblem(List<VirtualMachine> waiting, List<Candidate> candidates) {
    public PlacementProblem {
        waiting = List.copyOf(waiting);
        candidates = List.copyOf(candidates);
    }

    /** A host, and what it has left to promise. */
    public record Candidate(Host host, Capacity room) {}
}
