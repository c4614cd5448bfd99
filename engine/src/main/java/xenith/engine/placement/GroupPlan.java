package xenith.engine.placement;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import xenith.engine.model.HostId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroup.Strategy;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;

/** What placement groups ask of a plan while it is made. Not thread-safe. */
final class GroupPlan {
    private final Map<VmId, PlacementGroup> groups;
    private final Map<PlacementGroupId, Map<HostId, Set<VmId>>> machines;

    GroupPlan(Map<VmId, PlacementGroup> groups, Map<PlacementGroupId, Map<HostId, Set<VmId>>> machines) {
        this.groups = groups;
        this.machines = machines;
    }

    /** Whether another machine of its group is on that host, which must not have two. */
    boolean forbids(VirtualMachine vm, HostId host) {
        PlacementGroup group = groups.get(vm.id());
        return group != null && group.strategy() == Strategy.SPREAD && hasOther(vm, group, host);
    }

    /** Whether others of its group are on that host, which it is to be on too if it can. */
    boolean attracts(VirtualMachine vm, HostId host) {
        PlacementGroup group = groups.get(vm.id());
        return group != null && group.strategy() == Strategy.CLUSTER && hasOther(vm, group, host);
    }

    /** Whether any host attracts the machine. */
    boolean isDrawn(VirtualMachine vm) {
        PlacementGroup group = groups.get(vm.id());
        return group != null && group.strategy() == Strategy.CLUSTER;
    }

    void placed(VirtualMachine vm, HostId host) {
        PlacementGroup group = groups.get(vm.id());
        if (group != null) {
            machines.get(group.id())
                    .computeIfAbsent(host, absent -> new HashSet<>())
                    .add(vm.id());
        }
    }

    private boolean hasOther(VirtualMachine vm, PlacementGroup group, HostId host) {
        return machines.get(group.id()).getOrDefault(host, Set.of()).stream().anyMatch(other -> !other.equals(vm.id()));
    }
}
