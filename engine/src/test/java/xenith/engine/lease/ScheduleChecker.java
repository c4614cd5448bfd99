package xenith.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import xenith.engine.lease.simulation.LeaseOutcome;
import xenith.engine.lease.simulation.SimulationResult;

/** Judges what a scheduler did, slowly and without knowing how it decides. */
public final class ScheduleChecker {
    private static final long QUIRK_MILLIS = 1_000;

    private final Site site;
    private final List<Slot> slots;

    public ScheduleChecker(Site site, List<Slot> slots) {
        this.site = site;
        this.slots = slots.stream()
                .filter(slot -> slot.startMillis() < slot.endMillis())
                .toList();
    }

    /** Nothing is promised twice, at no moment and on no node. */
    public void neverOverCapacity() {
        TreeSet<Long> moments = new TreeSet<>();
        slots.forEach(slot -> moments.add(slot.startMillis()));
        for (long moment : moments) {
            Map<Integer, Amounts> taken = new TreeMap<>();
            for (Slot slot : slots) {
                if (slot.startMillis() <= moment && moment < slot.endMillis()) {
                    slot.use().forEach((node, amounts) -> taken.merge(node, amounts, Amounts::plus));
                }
            }
            taken.forEach((node, amounts) -> {
                if (node != SlotTable.REPOSITORY) {
                    assertThat(amounts.fitsIn(site.nodes().get(node - 1)))
                            .as(
                                    "node %d at %d: %s of %s",
                                    node, moment, amounts, site.nodes().get(node - 1))
                            .isTrue();
                }
            });
        }
    }

    /** The repository sends one image at a time. */
    public void oneTransferAtATime() {
        long free = Long.MIN_VALUE;
        List<Slot> transfers = slots.stream()
                .filter(slot -> slot.kind() == SlotKind.IMAGE_TRANSFER)
                .sorted((one, other) -> Long.compare(one.startMillis(), other.startMillis()))
                .toList();
        for (Slot transfer : transfers) {
            assertThat(transfer.startMillis()).as("%s", transfer).isGreaterThanOrEqualTo(free);
            free = transfer.endMillis();
        }
    }

    /** A lease has all of its machines or none. */
    public void allMachinesOrNone(List<LeaseOutcome> leases) {
        Map<Integer, LeaseRequest> requests = new TreeMap<>();
        leases.forEach(lease -> requests.put(lease.request().id(), lease.request()));
        for (Slot slot : slots) {
            if (slot.kind() == SlotKind.MACHINES) {
                Amounts all = requests.get(slot.lease()).machines().stream()
                        .reduce(Amounts::plus)
                        .orElseThrow();
                assertThat(slot.use().values().stream().reduce(Amounts::plus)).contains(all);
            }
        }
    }

    /** Each lease is rejected, or gets what it was promised. */
    public static void promisesAreKept(SimulationResult result, long enactmentMillis) {
        assertThat(result.fault()).isEmpty();
        for (LeaseOutcome lease : result.outcomes()) {
            assertThat(lease.rejected())
                    .as("%s", lease)
                    .isNotEqualTo(lease.endMillis().isPresent());
            if (!lease.rejected()) {
                promiseIsKept(
                        lease, enactmentMillis * lease.request().machines().size());
            }
        }
    }

    private static void promiseIsKept(LeaseOutcome lease, long shutdownMillis) {
        LeaseRequest request = lease.request();
        boolean reserved = request.kind() == LeaseKind.ADVANCE_RESERVATION;
        long promised = request.durationMillis() - (reserved ? shutdownMillis : 0);
        long real = request.realDurationMillis().orElse(Long.MAX_VALUE);
        long ran = Math.min(promised, real == 0 ? QUIRK_MILLIS : real);
        // A lease that ends by itself in the moment in which it is suspended ends when it has been resumed.
        assertThat(lease.ranMillis()).as("%s", lease).isBetween(ran, ran + QUIRK_MILLIS);
        long start = lease.startMillis().orElseThrow();
        switch (request.kind()) {
            case ADVANCE_RESERVATION ->
                assertThat(start).isEqualTo(request.startMillis().orElseThrow());
            case DEADLINE -> {
                assertThat(start).isGreaterThanOrEqualTo(request.startMillis().orElseThrow());
                assertThat(lease.endMillis().orElseThrow())
                        .isLessThanOrEqualTo(request.deadlineMillis().orElseThrow());
            }
            case BEST_EFFORT, IMMEDIATE -> assertThat(start).isGreaterThanOrEqualTo(request.arrivalMillis());
        }
        if (request.kind() != LeaseKind.BEST_EFFORT) {
            assertThat(lease.suspensions()).as("%s", lease).isZero();
            assertThat(lease.requeues()).as("%s", lease).isZero();
        }
    }

    /**
     * Before a lease boots, its image has come, or is kept from earlier. Nodes that share a transfer are not in its slot.
     *
     * @param kept whether nodes keep images
     */
    public void imagesCameFirst(List<LeaseOutcome> leases, boolean kept) {
        Map<Integer, LeaseRequest> requests = new TreeMap<>();
        leases.forEach(lease -> requests.put(lease.request().id(), lease.request()));
        for (LeaseOutcome lease : leases) {
            if (lease.startMillis().isPresent() && lease.request().image().isPresent()) {
                long earliest = kept ? 0 : lease.request().arrivalMillis();
                assertThat(slots)
                        .as("%s", lease)
                        .anyMatch(slot -> slot.kind() == SlotKind.IMAGE_TRANSFER
                                && slot.endMillis() <= lease.startMillis().getAsLong()
                                && slot.endMillis() >= earliest
                                && requests.get(slot.lease())
                                        .image()
                                        .equals(lease.request().image()));
            }
        }
    }
}
