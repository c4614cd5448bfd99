/**
 * Virtual networks on hosts, carried by libvirt: a bridge, address translation, and DHCP that knows whom it answers.
 *
 * <p>Start reading at {@link xenith.drivers.network.LibvirtNetworkDriver}. Which address a machine has is the engine's
 * to decide; nothing here chooses one.
 */
package xenith.drivers.network;
