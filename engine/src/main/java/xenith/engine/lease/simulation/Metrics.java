package xenith.engine.lease.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.ResourceTypes;
import xenith.engine.lease.Slot;
import xenith.engine.lease.SlotKind;

/**
 * How good a schedule was.
 *
 * @param requested leases by kind
 * @param rejected leases by kind
 * @param bestEffortCompletionMillis when the last best-effort lease was done
 * @param meanWaitMillis of best-effort leases, until their first start
 * @param maxWaitMillis of best-effort leases
 * @param meanBoundedSlowdown of best-effort leases, see {@link LeaseOutcome#boundedSlowdown}
 * @param utilisation processor time in which machines ran, of all that there was until the last moment; 0 to 1
 */
public record Metrics(
        Map<LeaseKind, Integer> requested,
        Map<LeaseKind, Integer> rejected,
        int completed,
        int suspensions,
        int migrations,
        int requeues,
        long bestEffortCompletionMillis,
        double meanWaitMillis,
        long maxWaitMillis,
        double meanBoundedSlowdown,
        double utilisation,
        long endMillis) {
    public Metrics {
        requested = Map.copyOf(requested);
        rejected = Map.copyOf(rejected);
    }

    public static Metrics of(SimulationResult result) {
        List<LeaseOutcome> waited = result.outcomes().stream()
                .filter(lease -> lease.request().kind() == LeaseKind.BEST_EFFORT
                        && lease.endMillis().isPresent())
                .toList();
        return new Metrics(
                count(result.outcomes()),
                count(result.outcomes().stream().filter(LeaseOutcome::rejected).toList()),
                (int) result.outcomes().stream()
                        .filter(lease -> lease.endMillis().isPresent())
                        .count(),
                result.outcomes().stream().mapToInt(LeaseOutcome::suspensions).sum(),
                result.outcomes().stream().mapToInt(LeaseOutcome::migrations).sum(),
                result.outcomes().stream().mapToInt(LeaseOutcome::requeues).sum(),
                waited.stream()
                        .mapToLong(lease -> lease.endMillis().getAsLong())
                        .max()
                        .orElse(0),
                mean(waited, lease -> lease.waitMillis().orElse(0)),
                waited.stream()
                        .mapToLong(lease -> lease.waitMillis().orElse(0))
                        .max()
                        .orElse(0),
                mean(waited, LeaseOutcome::boundedSlowdown),
                utilisation(result),
                result.endMillis());
    }

    private static Map<LeaseKind, Integer> count(List<LeaseOutcome> leases) {
        Map<LeaseKind, Integer> counts = new EnumMap<>(LeaseKind.class);
        leases.forEach(lease -> counts.merge(lease.request().kind(), 1, Integer::sum));
        return counts;
    }

    private static double mean(List<LeaseOutcome> leases, ToDoubleFunction<LeaseOutcome> value) {
        return leases.stream().mapToDouble(value).average().orElse(0);
    }

    private static double utilisation(SimulationResult result) {
        int cpu = result.site().types().index(ResourceTypes.CPU);
        double there = result.site().nodes().stream()
                        .mapToDouble(node -> node.get(cpu))
                        .sum()
                * result.endMillis();
        double used = 0;
        for (Slot slot : result.passed()) {
            if (slot.kind() == SlotKind.MACHINES) {
                long each = slot.use().values().stream()
                        .mapToLong(amounts -> amounts.get(cpu))
                        .sum();
                used += (double) each * (slot.endMillis() - slot.startMillis());
            }
        }
        return there == 0 ? 0 : used / there;
    }
}
