package xenith.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.AccountId;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroup.Strategy;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;

class GroupsTest {
    private static final PlacementGroupId GROUP = new PlacementGroupId(1);
    private static final RankedPolicy[] POLICIES = {RankedPolicy.striping(), RankedPolicy.packing()};

    @Test
    void noTwoMachinesOfASpreadAreOnOneHostAndTheLastSaysWhy() {
        for (RankedPolicy policy : POLICIES) {
            Plan plan = policy.place(problem(Strategy.SPREAD, 3, List.of(host(1), host(2)), Map.of()));

            assertThat(hosts(plan)).doesNotHaveDuplicates().hasSize(2);
            assertThat(plan.waiting()).singleElement().satisfies(waiting -> assertThat(waiting.sentence())
                    .isEqualTo("no host: 2 with another machine of its placement group"));
        }
    }

    @Test
    void aSpreadKeepsOffHostsThatHaveOneOfItAlready() {
        for (RankedPolicy policy : POLICIES) {
            Plan plan = policy.place(problem(
                    Strategy.SPREAD, 1, List.of(host(1), host(2)), Map.of(new HostId(1), Set.of(new VmId(99)))));
            assertThat(hosts(plan)).containsExactly(new HostId(2));
        }
    }

    @Test
    void aMachineDoesNotStandInItsOwnWay() {
        Plan plan = RankedPolicy.striping()
                .place(problem(Strategy.SPREAD, 1, List.of(host(1)), Map.of(new HostId(1), Set.of(new VmId(1)))));
        assertThat(hosts(plan)).containsExactly(new HostId(1));
    }

    @Test
    void aClusterIsOnOneHostAsLongAsThatHasRoomAndThenOnOthers() {
        // Each host has room for four.
        for (RankedPolicy policy : POLICIES) {
            Plan plan = policy.place(problem(Strategy.CLUSTER, 6, List.of(host(1), host(2), host(3)), Map.of()));
            Map<HostId, Long> counts = new HashMap<>();
            hosts(plan).forEach(host -> counts.merge(host, 1L, Long::sum));
            assertThat(counts.values()).containsExactlyInAnyOrder(4L, 2L);
        }
    }

    @Test
    void aClusterGrowsWhereItIs() {
        for (RankedPolicy policy : POLICIES) {
            Plan plan = policy.place(problem(
                    Strategy.CLUSTER,
                    1,
                    List.of(host(1), host(2), host(3)),
                    Map.of(new HostId(2), Set.of(new VmId(99)))));
            assertThat(hosts(plan)).containsExactly(new HostId(2));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheSituationNoPlanPutsTwoOfASpreadOnOneHostNorMoreThanFits(long seed) {
        Random random = new Random(seed);
        List<Host> hosts = java.util.stream.LongStream.rangeClosed(1, 1 + random.nextInt(12))
                .mapToObj(GroupsTest::host)
                .toList();
        Map<HostId, Set<VmId>> there = new HashMap<>();
        hosts.stream()
                .filter(host -> random.nextInt(3) == 0)
                .forEach(host ->
                        there.put(host.id(), Set.of(new VmId(1000 + host.id().value()))));
        PlacementProblem problem = problem(Strategy.SPREAD, 1 + random.nextInt(15), hosts, there);

        for (RankedPolicy policy : POLICIES) {
            Plan plan = policy.place(problem);
            Set<HostId> taken = new HashSet<>(there.keySet());
            assertThat(hosts(plan)).as("seed " + seed).allMatch(taken::add);
            assertThat(plan.placements().size() + plan.waiting().size())
                    .isEqualTo(problem.waiting().size());
            assertThat(plan.placements()).hasSize(Math.min(problem.waiting().size(), hosts.size() - there.size()));
        }
    }

    private static List<HostId> hosts(Plan plan) {
        return plan.placements().stream().map(Plan.Placement::host).toList();
    }

    private static PlacementProblem problem(
            Strategy strategy, int count, List<Host> hosts, Map<HostId, Set<VmId>> there) {
        PlacementGroup group =
                new PlacementGroup(GROUP, new AccountId("000000000001"), "group", strategy, Instant.EPOCH);
        List<VirtualMachine> waiting = java.util.stream.LongStream.rangeClosed(1, count)
                .mapToObj(GroupsTest::machine)
                .toList();
        Map<VmId, PlacementGroup> groups = new HashMap<>();
        waiting.forEach(vm -> groups.put(vm.id(), group));
        return new PlacementProblem(
                waiting,
                hosts.stream()
                        .map(host -> new PlacementProblem.Candidate(host, host.capacity()))
                        .toList(),
                Map.of(),
                new GroupView(groups, Map.of(GROUP, there)));
    }

    private static Host host(long id) {
        return RankedPolicyTest.candidate(id, 4_000, HostState.ON).host();
    }

    private static VirtualMachine machine(long id) {
        return RankedPolicyTest.machine(id, 1_000);
    }
}
