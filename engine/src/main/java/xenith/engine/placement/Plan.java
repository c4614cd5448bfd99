package xenith.engine.placement;

import java.util.List;
import xenith.engine.model.HostId;
import xenith.engine.model.VmId;

/**
 * A policy's decision.
 *
 * @param placements in the order in which they are to be made
 * @param waiting why each of the others still waits
 */
public record Plan(List<Placement> placements, List<Explanation> waiting) {
    public Plan {
        placements = List.copyOf(placements);
        waiting = List.copyOf(waiting);
    }

    /** A machine, and the host that it is to run on. */
    public record Placement(VmId vm, HostId host) {}
}
