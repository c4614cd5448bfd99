/**
 * Where virtual machines run.
 *
 * <p>Start reading at {@link xenith.engine.placement.PlacementPolicy}: from the waiting machines and the hosts' room, a
 * policy makes a plan, and nothing else; {@link xenith.engine.placement.Scheduler} commits it against the newest state
 * and takes of it what still holds. Policies know no store, no clock and no driver.
 */
package xenith.engine.placement;
