/**
 * What would happen to a workload: the lease scheduler driven through the time of a trace, and what can be told about it.
 *
 * <p>Start reading at {@link xenith.engine.lease.simulation.Simulation}. It writes no files and knows no command line.
 */
package xenith.engine.lease.simulation;
