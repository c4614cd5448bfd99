package xenith.engine.lease;

import java.util.List;

/**
 * Where a lease's machines could run.
 *
 * @param nodes one for each machine
 * @param endMillis until when they all can
 * @param preempted leases that have to make room, in the order in which they were chosen
 */
record Mapping(List<Integer> nodes, long endMillis, List<Integer> preempted) {
    Mapping {
        nodes = List.copyOf(nodes);
        preempted = List.copyOf(preempted);
    }
}
