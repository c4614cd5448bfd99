package xenith.drivers.sim;

import java.util.Optional;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;

/**
 * A simulated domain. What it does at a time follows from its times, so that nothing has to run for it.
 *
 * @param endsAtMillis when it is gone by itself, {@link #NEVER} unless its guest was asked to shut down
 * @param crashesAtMillis when its guest crashes, or {@link #NEVER}
 */
record SimDomain(SimStart start, long endsAtMillis, long crashesAtMillis, boolean paused) {
    static final long NEVER = Long.MAX_VALUE;

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

    SimDomain endingAt(long millis) {
        return new SimDomain(start, millis, crashesAtMillis, paused);
    }

    SimDomain pausing(boolean isPaused) {
        return new SimDomain(start, endsAtMillis, crashesAtMillis, isPaused);
    }
}
