package xenith.drivers.libvirt;

import org.libvirt.Domain;
import org.libvirt.DomainInfo;
import org.libvirt.LibvirtException;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** Changes of running domains' processors and memory, up to what they were started with. */
final class DomainSizes {
    private static final long KIB_PER_MIB = 1024;

    private DomainSizes() {}

    /** @throws DriverException {@code REFUSED} beyond the limits, before anything has changed */
    static void change(Domain domain, int vcpus, long memoryMib) throws LibvirtException, DriverException {
        int maxVcpus = domain.getMaxVcpus();
        if (vcpus < 1 || vcpus > maxVcpus) {
            throw refused(domain, vcpus + " processors", "1 to " + maxVcpus);
        }
        long maxMib = domain.getMaxMemory() / KIB_PER_MIB;
        if (memoryMib < 1 || memoryMib > maxMib) {
            throw refused(domain, memoryMib + " MiB of memory", "1 to " + maxMib);
        }
        DomainInfo info = domain.getInfo();
        if (info.memory / KIB_PER_MIB != memoryMib) {
            domain.setMemory(memoryMib * KIB_PER_MIB);
        }
        if (info.nrVirtCpu != vcpus) {
            domain.setVcpus(vcpus);
        }
    }

    private static DriverException refused(Domain domain, String wanted, String limits) throws LibvirtException {
        return new DriverException(
                Failure.REFUSED,
                "resize: domain " + domain.getName() + " cannot have " + wanted + " while it runs, only " + limits);
    }
}
