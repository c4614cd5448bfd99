package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.model.HostId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroup.Strategy;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.service.Directory;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.service.PlacementGroupRegistry;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.PlacementGroups;

class PlacementGroupsTest {
    private final PlacementGroupRegistry registry = new PlacementGroupRegistry();

    @TempDir
    Path home;

    private CloudHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home);
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aSpreadRunsOnAsManyHostsAsItHasMachinesAndNoMoreAreAdmitted() {
        hosts("one", "two", "three");
        PlacementGroup group = create("web", Strategy.SPREAD);

        List<VirtualMachine> two = running(cloud.launchInto(group.id(), 1, 2));
        cloud.restart();
        List<VirtualMachine> third = running(cloud.launchInto(group.id(), 1, 5));

        assertThat(third).hasSize(1);
        assertThat(two)
                .extracting(VirtualMachine::host)
                .doesNotHaveDuplicates()
                .doesNotContain(third.get(0).host());
        assertCode(ErrorCode.NO_CAPACITY, () -> cloud.launchInto(group.id(), 1, 1));
        assertThat(cloud.launch(3)).hasSize(3);
    }

    @Test
    void placesThatWaitingMachinesOfTheGroupWillTakeAreNotPromisedAgain() {
        hosts("one", "two");
        cloud.stopEngine();
        PlacementGroup group = create("web", Strategy.SPREAD);
        cloud.launchInto(group.id(), 2, 2);
        assertCode(ErrorCode.NO_CAPACITY, () -> cloud.launchInto(group.id(), 1, 1));
        cloud.startEngine();
    }

    @Test
    void aMachineOfASpreadMovesOnlyToWhereNoOtherOfItIs() {
        hosts("one", "two", "three");
        PlacementGroup group = create("web", Strategy.SPREAD);
        List<VirtualMachine> two = running(cloud.launchInto(group.id(), 2, 2));
        HostId taken = two.get(1).host().orElseThrow();

        assertCode(
                ErrorCode.NO_CAPACITY,
                () -> cloud.store.write(tx ->
                        cloud.machines.migrate(tx, cloud.operator, two.get(0).id(), Optional.of(taken), true)));
        cloud.store.write(
                tx -> cloud.machines.migrate(tx, cloud.operator, two.get(0).id(), Optional.empty(), true));
        VirtualMachine moved = cloud.awaitState(two.get(0).id(), VmState.RUNNING);
        assertThat(moved.host()).isNotEqualTo(two.get(0).host()).isNotEqualTo(Optional.of(taken));
    }

    @Test
    void aSavedMachineComesBackBesideNoOtherOfItsSpread() {
        hosts("one", "two");
        PlacementGroup group = create("web", Strategy.SPREAD);
        VirtualMachine saved = running(cloud.launchInto(group.id(), 1, 1)).get(0);
        cloud.request(saved.id(), VmEvent.SAVE);
        cloud.awaitState(saved.id(), VmState.SAVED);
        VirtualMachine other = running(cloud.launchInto(group.id(), 1, 1)).get(0);

        cloud.request(saved.id(), VmEvent.RESTORE);

        assertThat(cloud.awaitState(saved.id(), VmState.RUNNING).host()).isNotEqualTo(other.host());
    }

    @Test
    void aClusterIsInOneZoneThatHasRoomForAllOfIt() {
        hosts("one");
        cloud.addHost("far", "zone-b");
        cloud.addHost("farther", "zone-b");
        PlacementGroup group = create("hpc", Strategy.CLUSTER);

        // One host has room for eight.
        List<VirtualMachine> ten = running(cloud.launchInto(group.id(), 10, 10));

        assertThat(ten).extracting(vm -> vm.spec().zone()).containsOnly(Optional.of("zone-b"));
        assertThat(running(cloud.launchInto(group.id(), 1, 20))).hasSize(6);
        assertCode(ErrorCode.NO_CAPACITY, () -> cloud.launchInto(group.id(), 1, 1));
        assertThat(running(cloud.launch(8))).extracting(VirtualMachine::host).containsOnly(ofHost("one"));
    }

    @Test
    void aSmallClusterIsOnOneHost() {
        hosts("one", "two", "three");
        PlacementGroup group = create("hpc", Strategy.CLUSTER);
        List<VirtualMachine> first = running(cloud.launchInto(group.id(), 1, 1));
        List<VirtualMachine> more = running(cloud.launchInto(group.id(), 3, 3));
        assertThat(more)
                .extracting(VirtualMachine::host)
                .containsOnly(first.get(0).host());
    }

    @Test
    void aGroupIsDeletedOnceItsMachinesHaveEnded() {
        hosts("one");
        PlacementGroup group = create("web", Strategy.SPREAD);
        VirtualMachine vm = running(cloud.launchInto(group.id(), 1, 1)).get(0);
        assertCode(
                ErrorCode.GROUP_IN_USE, () -> cloud.store.write(tx -> registry.delete(tx, cloud.operator, group.id())));

        cloud.request(vm.id(), VmEvent.END);
        cloud.awaitState(vm.id(), VmState.ENDED);
        cloud.store.write(tx -> registry.delete(tx, cloud.operator, group.id()));

        assertThat(cloud.store.state().all(PlacementGroups.TABLE)).isEmpty();
        assertThat(cloud.store.state().all(GroupMembers.TABLE)).isEmpty();
        assertCode(ErrorCode.GROUP_NOT_FOUND, () -> cloud.launchInto(group.id(), 1, 1));
    }

    @Test
    void namesAreAnAccountsOwnAndGroupsOthersAreNotThere() {
        PlacementGroup group = create("web", Strategy.SPREAD);
        Caller stranger = cloud.store.write(tx -> {
            Directory directory = new Directory(new Random(3));
            Account account = directory.createAccount(tx, "other", 10);
            User user = directory.createUser(tx, account.id(), "other", Role.MEMBER);
            return new Caller(account.id(), user.id(), Role.MEMBER);
        });

        assertCode(ErrorCode.NAME_TAKEN, () -> create("web", Strategy.CLUSTER));
        PlacementGroup theirs = cloud.store.write(tx -> registry.create(tx, stranger, "web", Strategy.CLUSTER));
        assertThat(theirs.id()).isNotEqualTo(group.id());
        assertCode(ErrorCode.GROUP_NOT_FOUND, () -> cloud.store.write(tx -> registry.delete(tx, stranger, group.id())));
    }

    @Test
    void anAccountHasOnlySoManyGroups() {
        cloud.store.write(tx -> {
            for (int number = 0; number < PlacementGroupRegistry.MAX_GROUPS; number++) {
                registry.create(tx, cloud.operator, "group-" + number, Strategy.SPREAD);
            }
            return null;
        });
        assertCode(ErrorCode.LIMIT_EXCEEDED, () -> create("one-more", Strategy.SPREAD));
    }

    private void hosts(String... names) {
        for (String name : names) {
            cloud.addHost(name);
        }
    }

    private Optional<HostId> ofHost(String name) {
        return cloud.store.state().all(xenith.engine.tables.Hosts.TABLE).stream()
                .filter(host -> host.name().equals(name))
                .map(host -> host.id())
                .findFirst();
    }

    private PlacementGroup create(String name, Strategy strategy) {
        return cloud.store.write(tx -> registry.create(tx, cloud.operator, name, strategy));
    }

    private List<VirtualMachine> running(List<VirtualMachine> launched) {
        return launched.stream()
                .map(vm -> cloud.awaitState(vm.id(), VmState.RUNNING))
                .toList();
    }

    private static void assertCode(ErrorCode code, Supplier<?> work) {
        assertThatThrownBy(work::get)
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(code));
    }
}
