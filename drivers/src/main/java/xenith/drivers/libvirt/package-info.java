/**
 * Hosts that libvirt reaches: QEMU and Xen, on this machine or another, and libvirt's own test driver.
 *
 * <p>Start reading at {@link xenith.drivers.libvirt.LibvirtHypervisor}. A host's URI says which dialect of domain XML
 * it speaks ({@link xenith.drivers.libvirt.DomainDialect}); libvirt's errors become the engine's failures by the table
 * in {@link xenith.drivers.libvirt.ErrorTable}. Knows the engine's ports and model, and nothing of stores or protocols.
 */
package xenith.drivers.libvirt;
