package xenith.drivers.libvirt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.StoppedDetail;
import xenith.engine.port.DomainEnd;

/**
 * What libvirt's events told of domains that ended without their guest's will: a transient domain that is gone says
 * nothing any more. Thread-safe.
 */
final class DomainEnds {
    /** As many as the busiest host has domains, many times over; beyond them the oldest is forgotten. */
    static final int MAX_REMEMBERED = 1_000;

    /** A guest that shut down, went to another host or was saved did not end against its will. */
    private static final Map<StoppedDetail, DomainEnd> ENDS = Map.of(
            StoppedDetail.CRASHED, DomainEnd.CRASHED,
            StoppedDetail.FAILED, DomainEnd.KILLED,
            StoppedDetail.DESTROYED, DomainEnd.KILLED);

    private final Map<UUID, DomainEnd> ends = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, DomainEnd> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    synchronized void heard(UUID vm, DomainEvent event) {
        if (event.getType() == DomainEventType.STARTED) {
            ends.remove(vm);
        } else if (event.getType() == DomainEventType.STOPPED) {
            StoppedDetail detail = event.getDetail();
            ends.remove(vm);
            if (ENDS.containsKey(detail)) {
                ends.put(vm, ENDS.get(detail));
            }
        }
    }

    synchronized Map<UUID, DomainEnd> all() {
        return Map.copyOf(ends);
    }
}
