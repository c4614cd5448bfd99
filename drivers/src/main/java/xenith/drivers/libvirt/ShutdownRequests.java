package xenith.drivers.libvirt;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import xenith.engine.model.HostId;

/**
 * Remembers which guests were asked to shut down. libvirt's driver for Xen waits a minute for the guest to take note of a
 * request, and keeps its host from answering anything meanwhile; a guest that is on its way out takes note of none.
 * Thread-safe.
 */
final class ShutdownRequests {
    private final Map<Guest, Integer> asked = new ConcurrentHashMap<>();

    private record Guest(HostId host, UUID vm) {}

    /**
     * Notes a request.
     *
     * @param domainId the host's number of the domain, another one after each boot
     * @return whether it is the first to that boot of the guest
     */
    boolean isFirst(HostId host, UUID vm, int domainId) {
        Integer before = asked.put(new Guest(host, vm), domainId);
        return before == null || before != domainId;
    }

    /** The machine has left the host, or has ended. */
    void forget(HostId host, UUID vm) {
        asked.remove(new Guest(host, vm));
    }
}
