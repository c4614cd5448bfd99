package xenith.gateway.ec2.tables;

import xenith.engine.model.Checks;
import xenith.engine.model.PlacementGroupId;

/**
 * What EC2 calls a placement group.
 *
 * @param id as {@code pg-1a2b3c4d}
 */
public record PlacementGroupEntry(String id, PlacementGroupId group) {
    public PlacementGroupEntry {
        Checks.text("placement group id", id, Ec2Ids.MAX_CHARS);
    }
}
