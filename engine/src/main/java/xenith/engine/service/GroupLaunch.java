package xenith.engine.service;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import xenith.engine.model.Caller;
import xenith.engine.model.GroupMember;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroup.Strategy;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.PlacementGroups;

/** What a launch's placement group asks of it. */
final class GroupLaunch {
    private final Optional<PlacementGroup> group;

    private GroupLaunch(Optional<PlacementGroup> group) {
        this.group = group;
    }

    /** @throws EngineException {@code GROUP_NOT_FOUND}, also for another account's */
    static GroupLaunch of(Snapshot state, Caller caller, LaunchRequest request) {
        return new GroupLaunch(request.group().map(id -> state.find(PlacementGroups.TABLE, id)
                .filter(found -> caller.mayUse(found.account()))
                .orElseThrow(
                        () -> new EngineException(ErrorCode.GROUP_NOT_FOUND, "there is no placement group " + id))));
    }

    /**
     * The request with the zone that its group is in. A cluster's is that of its machines; of one that has none yet, the
     * one with the most room.
     *
     * @throws EngineException {@code NO_CAPACITY} when the request wants another zone
     */
    LaunchRequest inItsZone(Snapshot state, LaunchRequest request) {
        if (group.isEmpty() || group.get().strategy() != Strategy.CLUSTER) {
            return request;
        }
        Optional<String> taken = GroupMembers.alive(state, group.get().id())
                .flatMap(vm -> vm.spec().zone().stream())
                .findFirst();
        if (taken.isPresent() && request.zone().isPresent() && !request.zone().equals(taken)) {
            throw new EngineException(
                    ErrorCode.NO_CAPACITY,
                    "the cluster " + group.get().name() + " is in zone " + taken.get() + ", not in "
                            + request.zone().get());
        }
        return request.zone()
                .or(() -> taken)
                .or(() -> roomiest(state, request))
                .map(request::inZone)
                .orElse(request);
    }

    private static Optional<String> roomiest(Snapshot state, LaunchRequest request) {
        return state.all(Hosts.TABLE).stream()
                .map(Host::zone)
                .distinct()
                .max(Comparator.comparingInt((String zone) ->
                                Admission.count(state, request.inZone(zone), Admission.Limits.NONE, request.maxCount()))
                        .thenComparing(Comparator.reverseOrder()));
    }

    /** What keeps the group's machines off hosts that have room for them. */
    Admission.Limits limits(Snapshot state) {
        if (group.isEmpty() || group.get().strategy() != Strategy.SPREAD) {
            return Admission.Limits.NONE;
        }
        Set<HostId> taken = new HashSet<>();
        int waiting = 0;
        for (VirtualMachine vm : GroupMembers.alive(state, group.get().id()).toList()) {
            boolean hasHost = vm.host().isPresent() && !vm.released();
            if (hasHost) {
                taken.add(vm.host().get());
            } else {
                waiting++;
            }
            vm.target().ifPresent(taken::add);
        }
        return new Admission.Limits(taken, 1, waiting);
    }

    /** What a machine of the group is made of. */
    VmSpec spec(LaunchRequest request, VmSpec asked) {
        boolean fixed = group.isPresent() && group.get().strategy() == Strategy.CLUSTER;
        return fixed ? request.zone().map(asked::inZone).orElse(asked) : asked;
    }

    void join(Transaction tx, VmId vm) {
        group.ifPresent(known -> tx.put(GroupMembers.TABLE, new GroupMember(vm, known.id())));
    }
}
