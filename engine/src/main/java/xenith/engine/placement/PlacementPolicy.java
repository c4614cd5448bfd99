package xenith.engine.placement;

/** Decides where waiting machines run. A pure function: no clock, no thread, no store. */
public interface PlacementPolicy {
    /** The name that configuration uses. */
    String name();

    /** A plan for all waiting machines at once. One that cannot be placed holds up no other. */
    Plan place(PlacementProblem problem);
}
