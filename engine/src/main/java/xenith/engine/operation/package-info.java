/**
 * Durable driver work: from a changed state to the host and back.
 *
 * <p>Start reading at {@link xenith.engine.operation.Steps}, where an event changes a virtual machine and enqueues the
 * work that follows from it; {@code HostLane} then does a host's operations one after another, and hands each outcome
 * back to the lifecycle. Nothing here decides where a machine runs.
 */
package xenith.engine.operation;
