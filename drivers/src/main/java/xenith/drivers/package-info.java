/**
 * Drivers, put together into sets by the kind of host that they serve.
 *
 * <p>Start reading at {@link xenith.drivers.LibvirtDrivers}. Each port's driver has a package of its own; only here are
 * they combined, so that none of them knows another more than it must.
 */
package xenith.drivers;
