package xenith.engine.lease.simulation;

import java.util.List;
import java.util.Optional;
import xenith.engine.lease.LeaseEvent;
import xenith.engine.lease.Site;
import xenith.engine.lease.Slot;

/**
 * What happened in a simulation.
 *
 * @param passed slots that were used, with the time that they took, in the order of their ends
 * @param endMillis the last moment
 * @param fault why it stopped before all leases were done; only the ancestor's rules can
 */
public record SimulationResult(
        Site site,
        List<LeaseEvent> events,
        List<Slot> passed,
        List<LeaseOutcome> outcomes,
        long endMillis,
        Optional<String> fault) {
    public SimulationResult {
        events = List.copyOf(events);
        passed = List.copyOf(passed);
        outcomes = List.copyOf(outcomes);
    }
}
