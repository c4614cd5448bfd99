package xenith.engine.lease.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.engine.lease.Workloads.HOUR;
import static xenith.engine.lease.Workloads.MINUTE;
import static xenith.engine.lease.Workloads.SECOND;
import static xenith.engine.lease.Workloads.onNodes;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import xenith.engine.lease.Backfilling;
import xenith.engine.lease.LeaseEvent;
import xenith.engine.lease.LeaseEvent.Kind;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.SchedulerSettings;
import xenith.engine.lease.SchedulerSettings.Migration;
import xenith.engine.lease.Workloads;

class SimulationTest {
    private static final SchedulerSettings HAIZEA = SchedulerSettings.haizea();
    private static final SchedulerSettings XENITH = SchedulerSettings.xenith();

    private static List<Integer> leases(SimulationResult result, Kind kind) {
        return result.events().stream()
                .filter(event -> event.kind() == kind)
                .map(LeaseEvent::lease)
                .toList();
    }

    private static long start(SimulationResult result, int lease) {
        return result.outcomes().get(lease - 1).startMillis().orElseThrow();
    }

    @Test
    void reservationsThatOverlapAreRejectedAndThoseThatDoNotAreKept() {
        SimulationResult result = Simulation.run(
                onNodes(2)
                        .reservation(0, 2, HOUR, HOUR)
                        .reservation(MINUTE, 1, HOUR + 30 * MINUTE, HOUR)
                        .reservation(MINUTE, 1, 2 * HOUR, HOUR)
                        .workload(),
                HAIZEA);

        assertThat(leases(result, Kind.REJECTED)).containsExactly(2);
        assertThat(start(result, 3)).isEqualTo(2 * HOUR);
    }

    @Test
    void anImmediateLeaseStartsAtOnceOrIsRejected() {
        SimulationResult result = Simulation.run(
                onNodes(2)
                        .immediate(0, 1, HOUR)
                        .immediate(MINUTE, 2, HOUR)
                        .immediate(2 * MINUTE, 1, HOUR)
                        .workload(),
                HAIZEA);

        assertThat(leases(result, Kind.REJECTED)).containsExactly(2);
        assertThat(start(result, 3)).isEqualTo(2 * MINUTE);
    }

    @Test
    void haizeaSuspendsTheOldestAndAllThatItTriedAndXenithTheYoungestThatIsNeeded() {
        Workloads trace = onNodes(2)
                .bestEffort(0, 1, 3 * HOUR)
                .bestEffort(MINUTE, 1, 3 * HOUR)
                .reservation(2 * MINUTE, 1, HOUR, HOUR);

        assertThat(leases(Simulation.run(trace.workload(), HAIZEA), Kind.SUSPEND))
                .containsExactly(1);
        assertThat(leases(Simulation.run(trace.workload(), XENITH), Kind.SUSPEND))
                .containsExactly(2);
    }

    @Test
    void severalLeasesMakeRoomForOneReservation() {
        SimulationResult result = Simulation.run(
                onNodes(3)
                        .bestEffort(0, 1, 3 * HOUR)
                        .bestEffort(0, 2, 3 * HOUR)
                        .reservation(MINUTE, 3, HOUR, HOUR)
                        .workload(),
                XENITH);

        assertThat(leases(result, Kind.SUSPENDED)).containsExactlyInAnyOrder(1, 2);
        assertThat(leases(result, Kind.RESUMED)).containsExactlyInAnyOrder(1, 2);
        assertThat(result.outcomes()).allMatch(lease -> lease.endMillis().isPresent());
    }

    @Test
    void whatIsNotPreemptibleIsKept() {
        Workloads trace = onNodes(1).unmovable(0, 1, 3 * HOUR).reservation(MINUTE, 1, HOUR, HOUR);

        assertThat(leases(Simulation.run(trace.workload(), XENITH), Kind.REJECTED))
                .containsExactly(2);
        assertThat(leases(Simulation.run(trace.workload(), HAIZEA), Kind.SUSPEND))
                .containsExactly(1);
    }

    @Test
    void aReservationForWhichThereIsNoTimeToSuspendIsRejectedWhereHaizeaStops() {
        Workloads trace = onNodes(1).bestEffort(0, 1, HOUR).reservation(MINUTE, 1, MINUTE + SECOND, HOUR);

        SimulationResult ours = Simulation.run(trace.workload(), XENITH);
        SimulationResult haizeas = Simulation.run(trace.workload(), HAIZEA);

        assertThat(ours.fault()).isEmpty();
        assertThat(leases(ours, Kind.REJECTED)).containsExactly(2);
        assertThat(haizeas.fault()).isPresent();
    }

    @Test
    void aSmallLeasePassesALargeOneThatWaitsUnlessBackfillingIsOff() {
        Workloads trace =
                onNodes(2).bestEffort(0, 1, HOUR).bestEffort(0, 2, HOUR).bestEffort(0, 1, 30 * MINUTE);

        assertThat(start(Simulation.run(trace.workload(), XENITH.with(Backfilling.AGGRESSIVE)), 3))
                .isZero();
        assertThat(start(Simulation.run(trace.workload(), XENITH.with(Backfilling.OFF)), 3))
                .isGreaterThan(HOUR);
    }

    @Test
    void underConservativeBackfillingNobodyIsPutOffByWhoComesLater() {
        Workloads trace = onNodes(2)
                .bestEffort(0, 1, HOUR)
                .bestEffort(0, 2, HOUR)
                .bestEffort(0, 2, HOUR)
                .bestEffort(MINUTE, 1, 2 * HOUR);

        SimulationResult result = Simulation.run(trace.workload(), XENITH.with(Backfilling.CONSERVATIVE));

        assertThat(start(result, 2)).isEqualTo(HOUR + 2 * SECOND);
        assertThat(start(result, 3)).isEqualTo(2 * HOUR + 6 * SECOND);
    }

    @Test
    void aLeaseWithADeadlineStartsWhenThereIsRoomAndIsRejectedIfThatIsTooLate() {
        Workloads trace = onNodes(1)
                .reservation(0, 1, 0, HOUR)
                .deadline(0, 1, 30 * MINUTE, HOUR, 3 * HOUR)
                .deadline(0, 1, 30 * MINUTE, HOUR, 2 * HOUR);

        SimulationResult result = Simulation.run(trace.workload(), XENITH);

        assertThat(start(result, 2)).isEqualTo(HOUR);
        assertThat(leases(result, Kind.REJECTED)).containsExactly(3);
    }

    @Test
    void aSuspendedLeaseGoesOnElsewhereOnlyIfItMayMigrate() {
        Workloads trace = onNodes(2)
                .reservation(0, 1, MINUTE, HOUR)
                .reservation(0, 1, 30 * MINUTE, 3 * HOUR)
                .bestEffort(0, 1, 2 * HOUR);

        assertThat(leases(Simulation.run(trace.workload(), HAIZEA), Kind.MIGRATED))
                .containsExactly(3);
        assertThat(leases(Simulation.run(trace.workload(), HAIZEA.with(Migration.NO)), Kind.MIGRATED))
                .isEmpty();
    }

    @Test
    void whatWouldNotFitIntoAnEmptySiteIsRejected() {
        SimulationResult result =
                Simulation.run(onNodes(2).bestEffort(0, 3, HOUR).workload(), XENITH);

        assertThat(leases(result, Kind.REJECTED)).containsExactly(1);
    }

    @Test
    void theMetricsAreThoseOfTheSchedule() {
        Metrics metrics = Metrics.of(Simulation.run(
                onNodes(1).bestEffort(0, 1, HOUR).bestEffort(0, 1, HOUR).workload(), XENITH));

        assertThat(metrics.requested()).containsOnly(Map.entry(LeaseKind.BEST_EFFORT, 2));
        assertThat(metrics.completed()).isEqualTo(2);
        assertThat(metrics.bestEffortCompletionMillis()).isEqualTo(2 * HOUR + 4 * SECOND);
        assertThat(metrics.meanWaitMillis()).isEqualTo((HOUR + 2 * SECOND) / 2.0);
        assertThat(metrics.utilisation()).isBetween(0.999, 1.0);
        assertThat(metrics.meanBoundedSlowdown()).isBetween(1.5, 1.51);
    }

    @Test
    void eventsAreOneObjectALine() {
        SimulationResult result =
                Simulation.run(onNodes(1).bestEffort(0, 1, HOUR).workload(), HAIZEA);

        assertThat(EventLines.of(result.events(), LocalDateTime.parse("2006-11-25T13:00:00"), true))
                .isEqualTo("""
                        {"time":"2006-11-25T13:00:00","event":"vm-start","lease":1,"nodes":[1]}
                        {"time":"2006-11-25T14:00:00","event":"vm-stop","lease":1,"nodes":[1]}
                        {"time":"2006-11-25T14:00:02","event":"shutdown","lease":1}
                        """);
    }

    @Test
    void thePictureHasABoxForEachSlotAndTheTableALineForEachLease() {
        SimulationResult result = Simulation.run(
                onNodes(2).bestEffort(0, 2, HOUR).bestEffort(0, 1, HOUR).workload(), XENITH);

        assertThat(TimelineSvg.of(result)).startsWith("<svg").contains("lease 1, machines", "lease 2, shutdown");
        assertThat(LeaseCsv.of(result.outcomes()).lines()).hasSize(3);
    }

    @Test
    void aPictureThatNoBrowserWouldDrawIsRefused() {
        Workloads trace = onNodes(1_000);
        for (long lease = 0; lease < 201; lease++) {
            trace.bestEffort(lease * 2 * HOUR, 1_000, HOUR);
        }
        SimulationResult result = Simulation.run(trace.workload(), XENITH);

        assertThatThrownBy(() -> TimelineSvg.of(result)).hasMessageContaining("200000");
    }

    @Test
    void aMonthOfFiveThousandLeasesOn144NodesTakesSeconds() {
        Random random = new Random(1);
        Workloads trace = onNodes(144);
        long month = Duration.ofDays(30).toMillis();
        for (int lease = 0; lease < 5_000; lease++) {
            long arrival = month / 5_000 * lease;
            int machines = 1 << random.nextInt(6);
            long duration = (60L + random.nextInt(10_000)) * SECOND;
            if (random.nextInt(8) == 0) {
                trace.reservation(arrival, machines, arrival + (600L + random.nextInt(80_000)) * SECOND, duration);
            } else {
                trace.bestEffort(arrival, machines, duration);
            }
        }
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();

        SimulationResult result = Simulation.run(trace.workload(), XENITH);

        assertThat(result.fault()).isEmpty();
        assertThat(result.outcomes())
                .allMatch(lease -> lease.rejected() || lease.endMillis().isPresent());
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(30));
    }
}
