package xenith.engine.model;

import java.time.Instant;

/**
 * Machines whose hosts have to do with each other.
 *
 * @param name its account's own
 */
public record PlacementGroup(
        PlacementGroupId id, AccountId account, String name, Strategy strategy, Instant createdAt) {
    /** What the machines' hosts have to do with each other. */
    public enum Strategy {
        /** No two of the group are on one host. */
        SPREAD,
        /** All of the group are in one zone, and on one host as long as that has room. */
        CLUSTER
    }

    public PlacementGroup {
        Checks.text("placement group name", name, 255);
    }
}
