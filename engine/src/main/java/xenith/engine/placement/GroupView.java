package xenith.engine.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xenith.engine.model.HostId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroup.Strategy;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.GroupMembers;

/**
 * The placement groups of waiting machines, and which machines of each are on which hosts, or on their way there.
 *
 * @param groups of machines that are in one
 * @param machines of each group's, by host
 */
public record GroupView(Map<VmId, PlacementGroup> groups, Map<PlacementGroupId, Map<HostId, Set<VmId>>> machines) {
    /** No machine is in a group. */
    public static final GroupView NONE = new GroupView(Map.of(), Map.of());

    public GroupView {
        groups = Map.copyOf(groups);
        machines = Map.copyOf(machines);
    }

    static GroupView of(Snapshot state, List<VirtualMachine> waiting) {
        Map<VmId, PlacementGroup> groups = new HashMap<>();
        Map<PlacementGroupId, Map<HostId, Set<VmId>>> machines = new HashMap<>();
        for (VirtualMachine vm : waiting) {
            GroupMembers.groupOf(state, vm.id()).ifPresent(group -> {
                groups.put(vm.id(), group);
                machines.computeIfAbsent(group.id(), id -> machinesOf(state, id));
            });
        }
        return groups.isEmpty() ? NONE : new GroupView(groups, machines);
    }

    /** Whether the machine may be on that host beside those of its group that are there. */
    public static boolean admits(Snapshot state, VirtualMachine vm, HostId host) {
        return GroupMembers.groupOf(state, vm.id())
                .filter(group -> group.strategy() == Strategy.SPREAD)
                .map(group -> GroupMembers.alive(state, group.id())
                        .noneMatch(other -> !other.id().equals(vm.id()) && isOn(other, host)))
                .orElse(true);
    }

    /** Whether the host is, or is to be, the machine's; a machine that has released its host is on none. */
    public static boolean isOn(VirtualMachine vm, HostId host) {
        Optional<HostId> there = Optional.of(host);
        return (!vm.released() && vm.host().equals(there)) || vm.target().equals(there);
    }

    private static Map<HostId, Set<VmId>> machinesOf(Snapshot state, PlacementGroupId group) {
        Map<HostId, Set<VmId>> byHost = new HashMap<>();
        GroupMembers.alive(state, group).forEach(vm -> {
            if (!vm.released()) {
                vm.host().ifPresent(host -> add(byHost, host, vm.id()));
            }
            vm.target().ifPresent(host -> add(byHost, host, vm.id()));
        });
        return byHost;
    }

    private static void add(Map<HostId, Set<VmId>> byHost, HostId host, VmId vm) {
        byHost.computeIfAbsent(host, absent -> new HashSet<>()).add(vm);
    }

    /** For a plan that is being made, which adds what it places. */
    GroupPlan plan() {
        Map<PlacementGroupId, Map<HostId, Set<VmId>>> copy = new HashMap<>();
        machines.forEach((group, byHost) -> {
            Map<HostId, Set<VmId>> hosts = new HashMap<>();
            byHost.forEach((host, vms) -> hosts.put(host, new HashSet<>(vms)));
            copy.put(group, hosts);
        });
        return new GroupPlan(groups, copy);
    }
}
