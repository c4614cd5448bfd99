package xenith.drivers.sim;

import java.util.UUID;

/**
 * What has happened to a machine on all hosts together.
 *
 * @param starts how often a domain of it came to be, from saved memory included
 * @param overlaps how many of those while it was active on another host
 * @param host where it started last
 * @param operation which operation started it last
 */
public record SimTally(UUID vm, long starts, long overlaps, long reboots, String host, long operation) {
    SimTally started(String onHost, long byOperation, boolean overlapping) {
        return new SimTally(vm, starts + 1, overlaps + (overlapping ? 1 : 0), reboots, onHost, byOperation);
    }

    SimTally rebooted() {
        return new SimTally(vm, starts, overlaps, reboots + 1, host, operation);
    }

    SimTally movedTo(String otherHost) {
        return new SimTally(vm, starts, overlaps, reboots, otherHost, operation);
    }
}
