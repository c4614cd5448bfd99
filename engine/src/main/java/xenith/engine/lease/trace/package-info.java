/**
 * Leases from files: LWF in XML, LWF of one lease a line, and SWF of the Parallel Workloads Archive.
 *
 * <p>Start reading at {@link xenith.engine.lease.trace.TraceReader}. A file is read whole or refused with the place of its
 * first error; nothing of a broken file is handed on.
 */
package xenith.engine.lease.trace;
