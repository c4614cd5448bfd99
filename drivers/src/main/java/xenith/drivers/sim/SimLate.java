package xenith.drivers.sim;

import java.util.List;
import java.util.UUID;
import xenith.engine.model.Capacity;

/**
 * Work that a host does later than anybody knows.
 *
 * @param call a start, shutdown or destroy
 * @param hostsTotal what the host has
 * @param start one of a start, none otherwise
 */
record SimLate(SimCall call, UUID vm, UUID cloud, long atMillis, Capacity hostsTotal, List<SimStart> start) {
    SimLate {
        start = List.copyOf(start);
    }
}
