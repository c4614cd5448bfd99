package xenith.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import xenith.engine.model.Capacity;
import xenith.engine.model.Checks;
import xenith.engine.model.NetworkId;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.VmSpec;

/**
 * A request for virtual machines.
 *
 * @param minCount fewer are refused, 1 or more
 * @param maxCount as many as fit are made, {@code minCount} to {@link #MAX_VMS}
 * @param capacity of each of the machines
 * @param zone where they must run; empty for anywhere
 * @param member what the machine of that index is made of, from 0 on; called within the unit of work, once per machine,
 *     for as many as are admitted
 * @param networks where each gets a card with an address of its own
 * @param group the placement group that they are in; empty for none
 * @param held whether the scheduler leaves them alone until they are released
 */
public record LaunchRequest(
        int minCount,
        int maxCount,
        Capacity capacity,
        Optional<String> zone,
        IntFunction<Member> member,
        List<NetworkId> networks,
        Optional<PlacementGroupId> group,
        boolean held) {
    /** No single call makes more: bounds the unit of work. */
    public static final int MAX_VMS = 1000;

    /** One of the machines that are asked for. */
    public record Member(String name, VmSpec spec) {}

    /** A request for machines in no placement group. */
    public LaunchRequest(
            int minCount,
            int maxCount,
            Capacity capacity,
            Optional<String> zone,
            IntFunction<Member> member,
            List<NetworkId> networks,
            boolean held) {
        this(minCount, maxCount, capacity, zone, member, networks, Optional.empty(), held);
    }

    LaunchRequest inZone(String only) {
        return new LaunchRequest(minCount, maxCount, capacity, Optional.of(only), member, networks, group, held);
    }

    public LaunchRequest {
        Checks.atLeast("minCount", minCount, 1);
        Checks.atLeast("maxCount", maxCount, minCount);
        if (maxCount > MAX_VMS) {
            throw new IllegalArgumentException("maxCount " + maxCount + " is above " + MAX_VMS);
        }
        networks = List.copyOf(networks);
    }
}
