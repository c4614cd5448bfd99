package xenith.engine.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A hypervisor endpoint with capacity.
 *
 * @param driver name of the driver that reaches it: {@code libvirt}, {@code sim}
 * @param uri how the driver reaches it
 * @param migrationAddress where other hosts send a machine's memory to, a name or an address; empty where they find it
 *     by what its URI says
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
        Optional<String> migrationAddress,
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
        migrationAddress.ifPresent(Host::checkMigrationAddress);
        Checks.text("zone", zone, 64);
        Checks.bounded("reason", reason, 1000);
    }

    /** It ends up in URIs that hypervisors are given. */
    private static void checkMigrationAddress(String address) {
        Checks.text("migrationAddress", address, 255);
        if (!address.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]")) {
            throw new IllegalArgumentException("migrationAddress '" + address + "' is not a host name or an address");
        }
    }

    public Host withState(HostState newState, String newReason) {
        return new Host(id, name, driver, uri, migrationAddress, zone, newState, newReason, capacity, facts, createdAt);
    }

    public Host withUri(String newUri) {
        return new Host(id, name, driver, newUri, migrationAddress, zone, state, reason, capacity, facts, createdAt);
    }

    public Host withMigrationAddress(Optional<String> newMigrationAddress) {
        return new Host(id, name, driver, uri, newMigrationAddress, zone, state, reason, capacity, facts, createdAt);
    }

    public Host withReport(Capacity newCapacity, HostFacts newFacts) {
        return new Host(id, name, driver, uri, migrationAddress, zone, state, reason, newCapacity, newFacts, createdAt);
    }
}
