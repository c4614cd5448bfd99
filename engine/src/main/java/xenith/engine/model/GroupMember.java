package xenith.engine.model;

/** A machine in its placement group. */
public record GroupMember(VmId vm, PlacementGroupId group) {}
