package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.LibvirtException;
import org.libvirt.NodeInfo;
import xenith.engine.model.Capacity;
import xenith.engine.model.HostFacts;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostReport;

/** What a host has and what of it is free. Thread-safe. */
final class HostReports {
    private static final long KIB_PER_MIB = 1024;
    private static final long BYTES_PER_MIB = 1024 * 1024;
    private static final int PER_CORE = 100;

    /** What a host keeps whose guests are processes of its operating system. */
    private static final long OPERATING_SYSTEM_MIB = 512;

    /** What Xen takes beside its guests' memory for a few of them: page tables, and the pages of their devices. */
    private static final long XEN_MIB = 64;

    private final LibvirtConnection connection;
    private final UUID cloud;
    private final boolean reservesMemory;
    private final Path instances;
    private final String store;
    /** Processor times at the last report, so that the next one tells of the time since. */
    private CpuTimes before = new CpuTimes(0, 0);

    private record CpuTimes(long idleNanos, long allNanos) {}

    private record Disk(long totalMib, long freeMib) {}

    /**
     * @param cloud whose domains' memory belongs to what the host offers
     * @param reservesMemory whether domains' memory is theirs alone, as the first domain's on Xen
     * @param instances where the clones are: their file system, this machine's or shared, is the disk that hosts offer
     * @param store what names the store that the host's machines lie in
     */
    HostReports(LibvirtConnection connection, UUID cloud, boolean reservesMemory, Path instances, String store) {
        this.connection = connection;
        this.cloud = cloud;
        this.reservesMemory = reservesMemory;
        this.instances = instances;
        this.store = store;
    }

    HostReport report() throws DriverException {
        return connection.ask("host report", connect -> {
            NodeInfo node = connect.nodeInfo();
            long freeMib = freeMemoryMib(connect) - (reservesMemory ? XEN_MIB : 0);
            long memoryMib =
                    reservesMemory ? freeMib + oursMib(connect) : node.memory / KIB_PER_MIB - OPERATING_SYSTEM_MIB;
            long cpu = (long) node.cpus * PER_CORE;
            Disk disk = fileSystem();
            HostFacts facts =
                    new HostFacts(connect.getType(), version(connect.getVersion()), node.model, store, node.cpus);
            return new HostReport(
                    facts,
                    new Capacity(cpu, Math.max(0, memoryMib), disk.totalMib()),
                    new Capacity(freeCpu(connect, cpu), Math.max(0, Math.min(memoryMib, freeMib)), disk.freeMib()));
        });
    }

    /** libvirt packs a version as major * 1,000,000 + minor * 1,000 + release. */
    static String version(long packed) {
        return packed / 1_000_000 + "." + packed / 1_000 % 1_000 + "." + packed % 1_000;
    }

    private static long freeMemoryMib(ExtendedConnect connect) throws LibvirtException {
        return connect.getFreeMemory() / BYTES_PER_MIB;
    }

    private long freeCpu(ExtendedConnect connect, long cpu) {
        Map<String, Long> times;
        try {
            times = connect.cpuTimes();
        } catch (NativeCallException e) {
            // A hypervisor without such counters, as Xen: placement goes by what was promised.
            return cpu;
        }
        long idle = times.getOrDefault("idle", 0L) + times.getOrDefault("iowait", 0L);
        CpuTimes now = new CpuTimes(
                idle, times.values().stream().mapToLong(Long::longValue).sum());
        return freeSince(now, cpu);
    }

    private synchronized long freeSince(CpuTimes now, long cpu) {
        long all = now.allNanos() - before.allNanos();
        long idle = now.idleNanos() - before.idleNanos();
        before = now;
        return all <= 0 ? cpu : Math.max(0, Math.min(cpu, Math.round((double) idle / all * cpu)));
    }

    private Disk fileSystem() throws DriverException {
        try {
            FileStore store = Files.getFileStore(instances);
            return new Disk(store.getTotalSpace() / BYTES_PER_MIB, store.getUsableSpace() / BYTES_PER_MIB);
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "disk space of " + instances + ": " + e.getMessage(), e);
        }
    }

    /**
     * What our domains hold. On Xen this and what is free is all that can be promised: the first domain's memory and
     * that of others' domains is theirs.
     */
    private long oursMib(ExtendedConnect connect) throws LibvirtException, NativeCallException {
        List<Long> kib = Domains.eachActiveOf(cloud, connect, domain -> Optional.of(domain.getInfo().memory));
        return kib.stream().mapToLong(Long::longValue).sum() / KIB_PER_MIB;
    }
}
