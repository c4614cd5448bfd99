package xenith.gateway.api;

import xenith.engine.port.DomainUsage;

/** What a machine uses, in JSON: counters since its host last took it up, but for memory and processors. */
record UsageView(
        long cpuNanos,
        int vcpus,
        long memoryMib,
        long diskReadBytes,
        long diskWrittenBytes,
        long networkReceivedBytes,
        long networkSentBytes) {
    static UsageView of(DomainUsage usage) {
        return new UsageView(
                usage.cpuNanos(),
                usage.vcpus(),
                usage.memoryMib(),
                usage.diskReadBytes(),
                usage.diskWrittenBytes(),
                usage.networkReceivedBytes(),
                usage.networkSentBytes());
    }
}
