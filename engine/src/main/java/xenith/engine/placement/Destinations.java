package xenith.engine.placement;

import java.util.List;
import java.util.Optional;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.store.Snapshot;

/** Where a machine that has been on a host can go from there. */
public final class Destinations {
    private final PlacementPolicy policy;

    public Destinations(PlacementPolicy policy) {
        this.policy = policy;
    }

    /**
     * The other host that the policy prefers.
     *
     * @return the host, or why there is none
     */
    public Choice other(Snapshot state, VirtualMachine vm) {
        return choose(state, vm, Optional.empty());
    }

    /** That host and no other, if it can take the machine. */
    public Choice only(Snapshot state, VirtualMachine vm, HostId host) {
        return choose(state, vm, Optional.of(host));
    }

    private Choice choose(Snapshot state, VirtualMachine vm, Optional<HostId> only) {
        Plan plan = policy.place(PlacementProblem.of(state, List.of(vm), host -> isMeant(host, vm, only)));
        return new Choice(
                plan.placements().stream().map(Plan.Placement::host).findFirst(),
                plan.waiting().stream().map(Explanation::sentence).findFirst().orElse(""));
    }

    private static boolean isMeant(Host host, VirtualMachine vm, Optional<HostId> only) {
        return only.map(host.id()::equals)
                .orElseGet(() -> vm.host().filter(host.id()::equals).isEmpty());
    }

    /**
     * A decision.
     *
     * @param why why there is no host; empty if there is one
     */
    public record Choice(Optional<HostId> host, String why) {}
}
