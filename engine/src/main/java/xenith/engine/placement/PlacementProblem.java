package xenith.engine.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * What a policy decides on.
 *
 * @param waiting machines that want a host, oldest first
 * @param candidates hosts with what they have left
 * @param formerHosts the hosts that waiting machines have been on, as they are now
 * @param groups the placement groups that waiting machines are in
 */
public record PlacementProblem(
        List<VirtualMachine> waiting, List<Candidate> candidates, Map<HostId, Host> formerHosts, GroupView groups) {
    public PlacementProblem {
        waiting = List.copyOf(waiting);
        candidates = List.copyOf(candidates);
        formerHosts = Map.copyOf(formerHosts);
    }

    /** One of machines that are in no placement groups. */
    public PlacementProblem(List<VirtualMachine> waiting, List<Candidate> candidates, Map<HostId, Host> formerHosts) {
        this(waiting, candidates, formerHosts, GroupView.NONE);
    }

    /**
     * The problem as a state poses it.
     *
     * @param considered which hosts may be chosen at all
     */
    public static PlacementProblem of(Snapshot state, List<VirtualMachine> waiting, Predicate<Host> considered) {
        List<Candidate> candidates = state.all(Hosts.TABLE).stream()
                .filter(considered)
                .map(host -> new Candidate(host, Vms.room(state, host)))
                .toList();
        Map<HostId, Host> former = new HashMap<>();
        waiting.forEach(vm ->
                vm.host().flatMap(id -> state.find(Hosts.TABLE, id)).ifPresent(host -> former.put(host.id(), host)));
        return new PlacementProblem(waiting, candidates, former, GroupView.of(state, waiting));
    }

    /** Whether a machine that has been on another host can be on this one: what it was started as, it stays. */
    public boolean isOfItsKind(VirtualMachine vm, Host host) {
        Host former = vm.host().map(formerHosts::get).orElse(null);
        return former == null || host.isOfKindOf(former);
    }

    /** A host, and what it has left to promise. */
    public record Candidate(Host host, Capacity room) {}
}
