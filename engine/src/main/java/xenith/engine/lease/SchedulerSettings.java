package xenith.engine.lease;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What a scheduler reckons with.
 *
 * @param backfilling how many leases may hold places in the future
 * @param suspension which leases may be suspended
 * @param migration whether suspended leases may go on elsewhere
 * @param exclusion which suspensions and resumptions may not run at once
 * @param preparation how images come to nodes
 * @param suspendMibPerSecond how fast memory is written
 * @param resumeMibPerSecond how fast memory is read
 * @param fixedSuspendMillis how long suspending a machine takes, whatever its memory
 * @param enactmentMillis how long it takes to send one command to one machine
 * @param shutdownMillis how long machines take to shut down, beside the commands
 * @param networkMbps of the repository and of each node
 * @param cacheMib how many images a node keeps, {@link PreparationMode#REUSE}
 */
public record SchedulerSettings(
        Set<Rule> rules,
        Backfilling backfilling,
        Suspension suspension,
        Migration migration,
        Exclusion exclusion,
        PreparationMode preparation,
        long suspendMibPerSecond,
        long resumeMibPerSecond,
        OptionalLong fixedSuspendMillis,
        long enactmentMillis,
        long shutdownMillis,
        long networkMbps,
        long cacheMib) {
    /** Which leases may be suspended. */
    public enum Suspension {
        NONE,
        /** Those of one machine. */
        SERIAL,
        ALL
    }

    /** Where suspended leases may go on. */
    public enum Migration {
        /** Where they were. */
        NO,
        YES,
        /** Anywhere, and every node sees their files. */
        WITHOUT_TRANSFER
    }

    /** What may not suspend or resume at once. */
    public enum Exclusion {
        /** Machines of one node. */
        LOCAL,
        /** Any two machines of a lease. */
        GLOBAL
    }

    /** How images come to nodes. */
    public enum PreparationMode {
        /** They are there, or somebody else brings them. */
        UNMANAGED,
        /** One transfer for each start of a lease. */
        TRANSFER,
        /** Nodes keep what has come once, as long as there is room. */
        REUSE
    }

    public SchedulerSettings {
        rules = Set.copyOf(rules);
        positive("suspend rate", suspendMibPerSecond);
        positive("resume rate", resumeMibPerSecond);
        positive("network", networkMbps);
    }

    private static void positive(String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " " + value + " is below 1");
        }
    }

    /** As Haizea was set in its own tests: the traces' logs come from there. */
    public static SchedulerSettings haizea() {
        return new SchedulerSettings(
                Rule.haizea(),
                Backfilling.AGGRESSIVE,
                Suspension.ALL,
                Migration.YES,
                Exclusion.LOCAL,
                PreparationMode.UNMANAGED,
                32,
                32,
                OptionalLong.of(0),
                2_000,
                0,
                100,
                20_480);
    }

    public static SchedulerSettings xenith() {
        SchedulerSettings base = haizea();
        return new SchedulerSettings(
                Rule.xenith(),
                base.backfilling,
                base.suspension,
                base.migration,
                base.exclusion,
                base.preparation,
                base.suspendMibPerSecond,
                base.resumeMibPerSecond,
                OptionalLong.empty(),
                base.enactmentMillis,
                base.shutdownMillis,
                base.networkMbps,
                base.cacheMib);
    }

    public SchedulerSettings with(Backfilling other) {
        return copy(other, suspension, migration, preparation);
    }

    public SchedulerSettings with(Suspension other) {
        return copy(backfilling, other, migration, preparation);
    }

    public SchedulerSettings with(Migration other) {
        return copy(backfilling, suspension, other, preparation);
    }

    public SchedulerSettings with(PreparationMode other) {
        return copy(backfilling, suspension, migration, other);
    }

    private SchedulerSettings copy(Backfilling depth, Suspension which, Migration where, PreparationMode how) {
        return new SchedulerSettings(
                rules,
                depth,
                which,
                where,
                exclusion,
                how,
                suspendMibPerSecond,
                resumeMibPerSecond,
                fixedSuspendMillis,
                enactmentMillis,
                shutdownMillis,
                networkMbps,
                cacheMib);
    }

    boolean has(Rule rule) {
        return rules.contains(rule);
    }
}
