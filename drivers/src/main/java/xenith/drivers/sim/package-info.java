/**
 * Simulated hosts, for trying Xenith without a hypervisor and for tests of crashes, failures and size.
 *
 * <p>Start reading at {@link xenith.drivers.sim.SimWorld}. What hosts hold lies in a journal of the world's own, outside
 * Xenith's database, and survives the death of the process as real hosts survive their gateway's. What goes wrong is
 * {@link xenith.drivers.sim.SimFaults}' to say and repeats with the seed. Knows the ports, and nothing of libvirt.
 */
package xenith.drivers.sim;
