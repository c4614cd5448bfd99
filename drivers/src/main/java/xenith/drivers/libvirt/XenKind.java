package xenith.drivers.libvirt;

import java.util.Optional;
import xenith.engine.port.DomainSpec;

/**
 * What Xen makes of a machine, as libvirt names it: its {@code os} element's type and machine, and what boots its disk
 * where no kernel is named.
 *
 * <p>The loaders are GRUB as a guest's kernel, which reads the disk as the guest: a boot loader that runs in the host
 * would open a file system of the guest's making as root. They lie where Debian's grub-xen-host has them.
 */
enum XenKind {
    PV("linux", "xenpv", Optional.of("/usr/lib/grub-xen/grub-x86_64-xen.bin")),
    PVH("xenpvh", "xenpvh", Optional.of("/usr/lib/grub-xen/grub-i386-xen_pvh.bin")),
    /** Its firmware boots the disk. */
    HVM("hvm", "xenfv", Optional.empty());

    private final String osType;
    private final String machine;
    private final Optional<String> loader;

    XenKind(String osType, String machine, Optional<String> loader) {
        this.osType = osType;
        this.machine = machine;
        this.loader = loader;
    }

    static XenKind of(DomainSpec spec) {
        return switch (spec.virtualization()) {
            case PARAVIRTUAL -> PV;
            case PVH -> PVH;
            case HVM -> HVM;
        };
    }

    String osType() {
        return osType;
    }

    String machine() {
        return machine;
    }

    Optional<String> loader() {
        return loader;
    }
}
