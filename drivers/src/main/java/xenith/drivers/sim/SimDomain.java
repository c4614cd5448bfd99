package xenith.drivers.sim;

import java.util.Optional;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;

/**
 * A simulated domain. What it does at a time follows from its times, so that nothing has to run for it.
 *
 * @param start how it was started, and with it the most that it may have
 * @param sinceMillis when it came to be on its host
 * @param endsAtMillis when it is gone by itself, {@link #NEVER} unless its guest was asked to shut down
 * @param crashesAtMillis when its guest crashes, or {@link #NEVER}
 * @param vcpus what it has now
 * @param memoryMib what it has now
 */
record SimDomain(
        SimStart start,
        long sinceMillis,
        long endsAtMillis,
        long crashesAtMillis,
        boolean paused,
        int vcpus,
        long memoryMib) {
    static final long NEVER = Long.MAX_VALUE;
    /** What a simulated guest uses of each processor: a tenth. */
    private static final long CPU_NANOS_PER_MILLI = 100_000;

    private static final long READ_BYTES_PER_MILLI = 64;
    private static final long WRITTEN_BYTES_PER_MILLI = 32;
    private static final long RECEIVED_BYTES_PER_MILLI = 16;
    private static final long SENT_BYTES_PER_MILLI = 8;

    static SimDomain started(SimStart start, long nowMillis, long crashesAtMillis) {
        return new SimDomain(start, nowMillis, NEVER, crashesAtMillis, false, start.vcpus(), start.memoryMib());
    }

    boolean thereAt(long nowMillis) {
        return nowMillis < endsAtMillis;
    }

    boolean crashedAt(long nowMillis) {
        return nowMillis >= crashesAtMillis;
    }

    DomainState stateAt(long nowMillis) {
        if (crashedAt(nowMillis)) {
            return DomainState.CRASHED;
        }
        if (paused) {
            return DomainState.PAUSED;
        }
        return endsAtMillis == NEVER ? DomainState.RUNNING : DomainState.SHUTTING_DOWN;
    }

    DomainReport reportAt(long nowMillis) {
        return new DomainReport(
                start.uuid(), start.name(), stateAt(nowMillis), Optional.of(start.cloud()), start.operation());
    }

    DomainUsage usageAt(long nowMillis) {
        long age = Math.max(0, nowMillis - sinceMillis);
        return new DomainUsage(
                start.uuid(),
                age * CPU_NANOS_PER_MILLI * vcpus,
                memoryMib,
                vcpus,
                age * READ_BYTES_PER_MILLI,
                age * WRITTEN_BYTES_PER_MILLI,
                age * RECEIVED_BYTES_PER_MILLI,
                age * SENT_BYTES_PER_MILLI);
    }

    SimDomain endingAt(long millis) {
        return new SimDomain(start, sinceMillis, millis, crashesAtMillis, paused, vcpus, memoryMib);
    }

    SimDomain pausing(boolean isPaused) {
        return new SimDomain(start, sinceMillis, endsAtMillis, crashesAtMillis, isPaused, vcpus, memoryMib);
    }

    SimDomain sized(int someVcpus, long someMemoryMib) {
        return new SimDomain(start, sinceMillis, endsAtMillis, crashesAtMillis, paused, someVcpus, someMemoryMib);
    }

    /** The same domain, which has just come to another host. */
    SimDomain arrivedAt(long nowMillis) {
        return new SimDomain(start, nowMillis, endsAtMillis, crashesAtMillis, paused, vcpus, memoryMib);
    }
}
