package xenith.drivers.libvirt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.DomainBlockStats;
import org.libvirt.DomainInfo;
import org.libvirt.DomainInterfaceStats;
import org.libvirt.LibvirtException;
import xenith.engine.port.DomainUsage;

/** What domains have used. Xen's driver knows no statistics of all domains at once, so each is asked by itself. */
final class DomainUsages {
    private static final long KIB_PER_MIB = 1024;
    /** How many devices of one domain are asked for; further ones count as nothing. */
    private static final int MAX_DEVICES = 32;

    private DomainUsages() {}

    /** What is asked of a device; libvirt says -1 where it does not count. */
    @FunctionalInterface
    private interface Counters {
        long[] of(String device) throws LibvirtException;
    }

    /** Of each active domain of that cloud. */
    static List<DomainUsage> of(ExtendedConnect connect, UUID cloud) throws LibvirtException, NativeCallException {
        return Domains.eachActiveOf(cloud, connect, domain -> Optional.of(usage(domain)));
    }

    private static DomainUsage usage(Domain domain) throws LibvirtException {
        DomainInfo info = domain.getInfo();
        String xml = domain.getXMLDesc(0);
        long[] disks = sum(XmlElements.attributesWithin(xml, "disk", "target"), device -> {
            DomainBlockStats stats = domain.blockStats(device);
            return new long[] {stats.rd_bytes, stats.wr_bytes};
        });
        // libvirt tells both from the guest's side.
        long[] cards = sum(XmlElements.attributesWithin(xml, "interface", "target"), device -> {
            DomainInterfaceStats stats = domain.interfaceStats(device);
            return new long[] {stats.rx_bytes, stats.tx_bytes};
        });
        return new DomainUsage(
                UUID.fromString(domain.getUUIDString()),
                info.cpuTime,
                info.memory / KIB_PER_MIB,
                info.nrVirtCpu,
                disks[0],
                disks[1],
                cards[0],
                cards[1]);
    }

    private static long[] sum(List<Map<String, String>> targets, Counters counters) throws LibvirtException {
        long[] sums = new long[2];
        for (Map<String, String> target : targets.subList(0, Math.min(MAX_DEVICES, targets.size()))) {
            String device = target.get("dev");
            if (device != null) {
                long[] counted = counted(device, counters);
                sums[0] += Math.max(0, counted[0]);
                sums[1] += Math.max(0, counted[1]);
            }
        }
        return sums;
    }

    /** A driver that does not count this device says so with an error. */
    private static long[] counted(String device, Counters counters) throws LibvirtException {
        try {
            return counters.of(device);
        } catch (LibvirtException e) {
            if (ErrorTable.connectionIsAtFault(e.getError()) || ErrorTable.domainIsAbsent(e.getError())) {
                throw e;
            }
            return new long[2];
        }
    }
}
