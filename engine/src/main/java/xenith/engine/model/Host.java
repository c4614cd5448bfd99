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
 * @param wish what the operator wants of it while it is in error: {@code ON}, {@code DISABLED} or {@code DRAINING};
 *     otherwise its state
 * @param wishReason why that is wanted; empty when it is to be on
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
        HostState wish,
        String wishReason,
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
        Checks.bounded("wishReason", wishReason, 1000);
        Checks.bounded("reason", reason, 1000);
    }

    /** It ends up in URIs that hypervisors are given. */
    private static void checkMigrationAddress(String address) {
        Checks.text("migrationAddress", address, 255);
        if (!address.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]")) {
            throw new IllegalArgumentException("migrationAddress '" + address + "' is not a host name or an address");
        }
    }

    /** Whether nothing has been heard of it for a while. */
    public boolean silent() {
        return state == HostState.ERROR;
    }

    /** Whether a machine that has been on the other can be on this one: what it was started as, and where, it stays. */
    public boolean isOfKindOf(Host other) {
        // A host that has not answered since it could say so has no store's name yet.
        boolean seesItsDisks = facts.store().equals(other.facts.store())
                || facts.store().isEmpty()
                || other.facts.store().isEmpty();
        return driver.equals(other.driver)
                && seesItsDisks
                && facts.hypervisor().equals(other.facts.hypervisor())
                && facts.arch().equals(other.facts.arch());
    }

    /** As an operator wants it. */
    public Host withState(HostState newState, String newReason) {
        return with(uri, migrationAddress, newState, newState, newReason, newReason, capacity, facts);
    }

    /** As an operator wants it once it answers again. */
    public Host wishing(HostState newWish, String why) {
        return with(uri, migrationAddress, state, newWish, why, reason, capacity, facts);
    }

    /** Out of service until it answers. */
    public Host silenced(String why) {
        return with(uri, migrationAddress, HostState.ERROR, wish, wishReason, why, capacity, facts);
    }

    /** In service again as its operator wants it, if it was in error. */
    public Host answering() {
        return silent() ? withState(wish, wishReason) : this;
    }

    public Host withUri(String newUri) {
        return with(newUri, migrationAddress, state, wish, wishReason, reason, capacity, facts);
    }

    public Host withMigrationAddress(Optional<String> newMigrationAddress) {
        return with(uri, newMigrationAddress, state, wish, wishReason, reason, capacity, facts);
    }

    public Host withReport(Capacity newCapacity, HostFacts newFacts) {
        return with(uri, migrationAddress, state, wish, wishReason, reason, newCapacity, newFacts);
    }

    private Host with(
            String newUri,
            Optional<String> newMigrationAddress,
            HostState newState,
            HostState newWish,
            String newWishReason,
            String newReason,
            Capacity newCapacity,
            HostFacts newFacts) {
        return new Host(
                id,
                name,
                driver,
                newUri,
                newMigrationAddress,
                zone,
                newState,
                newWish,
                newWishReason,
                newReason,
                newCapacity,
                newFacts,
                createdAt);
    }
}
