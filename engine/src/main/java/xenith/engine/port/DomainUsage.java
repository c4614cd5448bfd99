package xenith.engine.port;

import java.util.UUID;

/**
 * What an active domain has used. Counters begin at 0 with each boot, restoration and migration, and only grow between
 * them; one that the hypervisor does not have is 0.
 *
 * @param cpuNanos processor time of all its processors together
 * @param memoryMib what it has now
 * @param diskReadBytes of all its disks together
 * @param diskWrittenBytes of all its disks together
 * @param networkReceivedBytes by the guest, on all its cards together
 * @param networkSentBytes by the guest, on all its cards together
 */
public record DomainUsage(
        UUID vm,
        long cpuNanos,
        long memoryMib,
        int vcpus,
        long diskReadBytes,
        long diskWrittenBytes,
        long networkReceivedBytes,
        long networkSentBytes) {}
