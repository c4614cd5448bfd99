package xenith.engine.model;

import java.time.Instant;

/**
 * A hypervisor endpoint with capacity.
 *
 * @param driver name of the driver that reaches it: {@code libvirt}, {@code sim}
 * @param uri how the driver reaches it
 * @param zone EC2's availability zone
 * @param capacity what it offers to virtual machines; {@link Capacity#NONE} until it first answered
 * @param facts what it said of itself when it last answered
 * @param reason why it is in its state; empty when it is on
 */
public record Host(
        HostId id,
        String name,
        String driver,
        String uri,
        String zone,
        HostState state,
        String reason,
        Capacity capacity,
        HostFacts facts,
        Instant createdAt) {
    public Host {
        Checks.text("host name", name, 64);
        Checks.text("driver", driver, 32);
        Checks.text("uri", uri, 512);
        Checks.text("zone", zone, 64);
        Checks.bounded("reason", reason, 1000);
    }

    public Host withState(HostState newState, String newReason) {
        return new Host(id, name, driver, uri, zone, newState, newReason, capacity, facts, createdAt);
    }

    public Host withUri(String newUri) {
        return new Host(id, name, driver, newUri, zone, state, reason, capacity, facts, createdAt);
    }

    public Host withReport(Capacity newCapacity, HostFacts newFacts) {
        return new Host(id, name, driver, uri, zone, state, reason, newCapacity, newFacts, createdAt);
    }
}
