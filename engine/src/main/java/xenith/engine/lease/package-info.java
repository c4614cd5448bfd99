/**
 * Capacity promised for a time: advance reservations, best effort, immediate and deadline leases, with backfilling,
 * preemption by suspension, and images that have to be brought first.
 *
 * <p>Start reading at {@link xenith.engine.lease.LeaseScheduler}: it takes requests and the time, books slots in the
 * {@link xenith.engine.lease.SlotTable} and tells what happens. {@link xenith.engine.lease.Rule} lists where it decides
 * otherwise than its ancestor, the Haizea lease manager of 2009; without rules it decides as Haizea did. It knows no
 * clock, no store, no virtual machine and no host.
 */
package xenith.engine.lease;
