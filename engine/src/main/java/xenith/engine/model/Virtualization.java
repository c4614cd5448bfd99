package xenith.engine.model;

/**
 * What a guest takes its machine for, where its hypervisor knows several kinds, as Xen. EC2 knows the first two, and
 * shows the third as the second.
 */
public enum Virtualization {
    /** The guest calls the hypervisor for what a processor would do. Needs nothing of the processor. */
    PARAVIRTUAL,
    /** A whole machine with firmware and emulated devices. Needs a processor that helps. */
    HVM,
    /** The processor helps, and nothing is emulated: a kernel is entered directly. */
    PVH
}
