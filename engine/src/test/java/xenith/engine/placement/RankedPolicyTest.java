package xenith.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xenith.engine.model.AccountId;
import xenith.engine.model.BootSource;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Host;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.ImageId;
import xenith.engine.model.StateReason;
import xenith.engine.model.UserId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;

class RankedPolicyTest {
    @Test
    void aMachineThatFitsNowhereHoldsUpNoOtherAndSaysWhy() {
        Plan plan = RankedPolicy.striping()
                .place(new PlacementProblem(
                        List.of(machine(1, 9_000), machine(2, 1_000)),
                        List.of(candidate(1, 4_000, HostState.ON), candidate(2, 4_000, HostState.DISABLED)),
                        Map.of()));

        assertThat(plan.placements()).containsExactly(new Plan.Placement(new VmId(2), new HostId(1)));
        assertThat(plan.waiting().get(0).sentence())
                .isEqualTo("no host: 1 not in service, 1 too small even when empty");
    }

    @Test
    void stripingSpreadsAndPackingFillsUp() {
        List<VirtualMachine> two = List.of(machine(1, 1_000), machine(2, 1_000));
        List<PlacementProblem.Candidate> hosts =
                List.of(candidate(1, 4_000, HostState.ON), candidate(2, 4_000, HostState.ON));

        assertThat(hostsOf(RankedPolicy.striping().place(new PlacementProblem(two, hosts, Map.of()))))
                .doesNotHaveDuplicates();
        assertThat(hostsOf(RankedPolicy.packing().place(new PlacementProblem(two, hosts, Map.of()))))
                .containsOnly(new HostId(1));
    }

    @Test
    void noHostIsPromisedMoreThanItHas() {
        Plan plan = RankedPolicy.packing()
                .place(new PlacementProblem(
                        List.of(machine(1, 3_000), machine(2, 3_000)),
                        List.of(candidate(1, 4_000, HostState.ON)),
                        Map.of()));

        assertThat(plan.placements()).hasSize(1);
        assertThat(plan.waiting().get(0).sentence()).isEqualTo("no host: 1 without room now");
    }

    private static List<HostId> hostsOf(Plan plan) {
        return plan.placements().stream().map(Plan.Placement::host).toList();
    }

    static PlacementProblem.Candidate candidate(long id, long memoryMib, HostState state) {
        Capacity capacity = new Capacity(800, memoryMib, 100_000);
        Host host = new Host(
                new HostId(id),
                "h" + id,
                "fake",
                "fake://" + id,
                Optional.empty(),
                "zone-a",
                state,
                state,
                "",
                "",
                capacity,
                HostFacts.UNKNOWN,
                Instant.EPOCH);
        return new PlacementProblem.Candidate(host, capacity);
    }

    static VirtualMachine machine(long id, long memoryMib) {
        VmSpec spec = new VmSpec(
                "",
                1,
                new Capacity(100, memoryMib, 1_000),
                new BootSource(Optional.of(new ImageId(1)), Optional.empty(), Optional.empty(), ""),
                new Contextualization("i", "h", "", List.of()),
                Optional.empty(),
                false);
        return new VirtualMachine(
                new VmId(id),
                new UUID(0, id),
                "vm",
                new AccountId("000000000001"),
                new UserId(1),
                spec,
                VmState.PENDING,
                Work.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                StateReason.NONE,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
