package xenith.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import xenith.engine.lease.SchedulerSettings.Migration;
import xenith.engine.lease.SchedulerSettings.PreparationMode;
import xenith.engine.lease.SchedulerSettings.Suspension;
import xenith.engine.lease.simulation.Simulation;
import xenith.engine.lease.simulation.SimulationResult;
import xenith.engine.lease.trace.Workload;

/** Whatever is asked for, in whatever order: jqwik prints the values with which a property fails. */
class LeaseSchedulerProperties {
    private static final List<Backfilling> BACKFILLING =
            List.of(Backfilling.OFF, Backfilling.AGGRESSIVE, new Backfilling(3), Backfilling.CONSERVATIVE);

    private static SchedulerSettings settings(
            PreparationMode preparation, Migration migration, Suspension suspension, int backfilling) {
        return SchedulerSettings.xenith()
                .with(preparation)
                .with(migration)
                .with(suspension)
                .with(BACKFILLING.get(Math.floorMod(backfilling, BACKFILLING.size())));
    }

    @Property(tries = 400)
    void whatRanNeverExceededANodeAndKeptItsPromise(
            @ForAll long seed,
            @ForAll PreparationMode preparation,
            @ForAll Migration migration,
            @ForAll Suspension suspension,
            @ForAll int backfilling) {
        SchedulerSettings settings = settings(preparation, migration, suspension, backfilling);
        SimulationResult result = Simulation.run(Workloads.random(seed), settings);

        ScheduleChecker checker = new ScheduleChecker(result.site(), result.passed());
        checker.neverOverCapacity();
        checker.oneTransferAtATime();
        checker.allMachinesOrNone(result.outcomes());
        ScheduleChecker.promisesAreKept(result, settings.enactmentMillis());
        if (preparation != PreparationMode.UNMANAGED) {
            checker.imagesCameFirst(result.outcomes(), preparation == PreparationMode.REUSE);
        }
    }

    @Property(tries = 150)
    void whatIsPromisedNeverExceedsANodeAtAnyMoment(
            @ForAll long seed, @ForAll PreparationMode preparation, @ForAll Migration migration) {
        Workload workload = Workloads.random(seed);
        List<LeaseRequest> ahead = new ArrayList<>(workload.requests());
        ahead.sort(Comparator.comparingLong(LeaseRequest::arrivalMillis));
        LeaseScheduler scheduler = new LeaseScheduler(
                workload.site(), settings(preparation, migration, Suspension.ALL, 3), event -> {}, slot -> {});
        long now = 0;
        while (now < Long.MAX_VALUE) {
            List<LeaseRequest> arrivals = new ArrayList<>();
            while (!ahead.isEmpty() && ahead.get(0).arrivalMillis() <= now) {
                arrivals.add(ahead.remove(0));
            }
            scheduler.advance(now, arrivals);

            ScheduleChecker checker =
                    new ScheduleChecker(workload.site(), scheduler.table().all());
            checker.neverOverCapacity();
            checker.oneTransferAtATime();

            OptionalLong change = scheduler.nextChange(now);
            long arrival = ahead.isEmpty() ? Long.MAX_VALUE : ahead.get(0).arrivalMillis();
            now = Math.min(arrival, change.orElse(Long.MAX_VALUE));
        }
    }

    @Property(tries = 100)
    void theSameTraceGivesTheSameSchedule(@ForAll long seed, @ForAll PreparationMode preparation) {
        SchedulerSettings settings = settings(preparation, Migration.YES, Suspension.ALL, 3);

        List<LeaseEvent> first =
                Simulation.run(Workloads.random(seed), settings).events();

        assertThat(Simulation.run(Workloads.random(seed), settings).events()).isEqualTo(first);
    }
}
