package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;
import xenith.engine.model.Gateway;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.ownership.GatewayTimes;
import xenith.engine.ownership.SharedOwnership;
import xenith.engine.service.EngineException;
import xenith.engine.store.Database;
import xenith.engine.store.PostgresServer;
import xenith.engine.store.StoreUnavailableException;
import xenith.engine.tables.Gateways;
import xenith.engine.tables.HostOwners;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** Three engines, as three gateways have them, on one PostgreSQL and the same hosts. */
class SeveralGatewaysTest {
    private static final int HOSTS = 9;
    private static final int MACHINES_OF_A_LOAD = 12;
    private static final GatewayTimes QUICK = new GatewayTimes(100, 1_000);

    private final PostgresServer server = PostgresServer.shared();
    private final FakeHosts hosts = new FakeHosts();
    private final List<CloudHarness> gateways = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private final AtomicInteger rebootsAsked = new AtomicInteger();
    private Database database;

    @BeforeEach
    void begin() {
        database = server.database();
        for (int number = 0; number < 3; number++) {
            String id = UUID.randomUUID().toString();
            String user = "gateway_" + id.replace("-", "");
            users.add(user);
            gateways.add(new CloudHarness(
                    server.as(database, user),
                    hosts,
                    CloudHarness.QUICK,
                    RecoverySettings.STANDARD,
                    store -> new SharedOwnership(store, id, user, QUICK)));
        }
        IntStream.range(0, HOSTS).forEach(number -> gateways.get(0).addHost("host-" + number));
    }

    @AfterEach
    void end() {
        gateways.forEach(CloudHarness::close);
    }

    @Test
    void hostsAreSharedOutAndEachMachineIsStartedOnce() {
        awaitShares(3, 3, 3);

        List<VmId> launched = launchFromAll(30);

        launched.forEach(vm -> gateways.get(2).awaitState(vm, VmState.RUNNING));
        assertEachIsOnOneHost(launched);
        assertThat(count(host -> host.starts.get())).isEqualTo(30);
    }

    @Test
    void machinesMoveBetweenHostsOfDifferentGateways() {
        awaitShares(3, 3, 3);
        VmId vm = gateways.get(0).launch(1).get(0).id();
        VirtualMachine running = gateways.get(1).awaitState(vm, VmState.RUNNING);
        HostId other = gateways.get(0).store.state().all(HostOwners.TABLE).stream()
                .filter(owner -> !owner.gateway().equals(ownerOf(running.host().orElseThrow())))
                .findFirst()
                .orElseThrow()
                .host();

        gateways.get(2).store.write(tx -> gateways.get(2)
                .machines
                .migrate(tx, gateways.get(2).operator, vm, Optional.of(other), true));

        gateways.get(0)
                .awaitVm(
                        vm,
                        moved -> moved.host().equals(Optional.of(other))
                                && moved.target().isEmpty()
                                && moved.state() == VmState.RUNNING);
    }

    @Test
    void aGatewayThatLeavesHandsItsHostsOverAtOnce() {
        awaitShares(3, 3, 3);

        gateways.remove(2).close();

        awaitShares(5, 4);
    }

    /** The gateway is cut off from the database, goes on reaching its hosts, and comes back later. */
    @Test
    void aGatewayThatIsCutOffUnderLoadLosesItsHostsAndNothingIsLostOrDoneTwice() throws Exception {
        awaitShares(3, 3, 3);
        AtomicBoolean stop = new AtomicBoolean();
        ConcurrentLinkedQueue<VmId> acknowledged = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> load = IntStream.range(0, 3)
                .mapToObj(number -> CompletableFuture.runAsync(() -> load(gateways.get(number), stop, acknowledged)))
                .toList();
        gateways.get(0).await(() -> acknowledged.size() > 20);

        server.cutOff(users.get(1));
        gateways.get(0)
                .await(() -> gateways.get(0).store.state().all(Gateways.TABLE).size() == 2);
        gateways.get(0)
                .await(() -> gateways.get(0).store.state().all(HostOwners.TABLE).size() == HOSTS);
        int before = acknowledged.size();
        gateways.get(0).await(() -> acknowledged.size() > before + 20);
        server.letIn(users.get(1));
        awaitShares(3, 3, 3);
        stop.set(true);
        CompletableFuture.allOf(load.toArray(CompletableFuture[]::new)).join();

        acknowledged.forEach(vm -> gateways.get(1).awaitVm(vm, now -> now.ended() || now.state() == VmState.RUNNING));
        gateways.get(0)
                .await(() -> gateways.get(0).store.state().all(Operations.TABLE).isEmpty());
        assertEachIsOnOneHost(gateways.get(0).store.state().all(Vms.TABLE).stream()
                .filter(vm -> !vm.ended())
                .map(VirtualMachine::id)
                .toList());
        assertThat(gateways.get(0).store.state().all(Vms.TABLE))
                .extracting(VirtualMachine::id)
                .containsAll(acknowledged);
        assertThat(count(host -> host.starts.get()))
                .isLessThanOrEqualTo(
                        gateways.get(0).store.state().all(Vms.TABLE).size());
        assertThat(count(host -> host.reboots.get())).isLessThanOrEqualTo(rebootsAsked.get());
        assertThat(gateways.get(0).store.eventsAfter(0, 100_000))
                .extracting(Event::kind)
                .contains(EventKind.GATEWAY_LOST)
                .doesNotContain(EventKind.SPLIT_BRAIN);
    }

    @Test
    void whatAGatewayStillHasInHandUnderAnOldEpochIsRefused() {
        awaitShares(3, 3, 3);
        VmId vm = gateways.get(0).launch(1).get(0).id();
        VirtualMachine running = gateways.get(0).awaitState(vm, VmState.RUNNING);
        HostId host = running.host().orElseThrow();
        int owner = indexOf(ownerOf(host));
        CloudHarness other = gateways.get((owner + 1) % 3);
        String name = other.store.state().find(Hosts.TABLE, host).orElseThrow().name();
        CountDownLatch release = new CountDownLatch(1);
        hosts.host("fake://" + name).hangsUntil = release;

        other.request(vm, VmEvent.REBOOT);
        other.await(() -> hosts.host("fake://" + name).callsUnderWay.get() > 0);
        server.cutOff(users.get(owner));
        other.await(() -> other.store.state().all(Gateways.TABLE).size() == 2);
        server.letIn(users.get(owner));
        awaitShares(3, 3, 3);
        release.countDown();

        other.awaitState(vm, VmState.RUNNING);
        other.await(() -> other.store.state().all(Operations.TABLE).isEmpty());
        assertThat(hosts.host("fake://" + name).reboots.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void aProcessWithTheSameHomeTakesThePlaceOfTheOneBefore() {
        awaitShares(3, 3, 3);
        String id = idOf(0);
        Map<HostId, Long> before = epochs(id);

        CloudHarness second = new CloudHarness(
                server.as(database, "second_" + id.replace("-", "")),
                hosts,
                CloudHarness.QUICK,
                RecoverySettings.STANDARD,
                store -> new SharedOwnership(store, id, "second", QUICK));
        gateways.add(second);

        assertThat(second.store.state().find(Gateways.TABLE, id).orElseThrow().name())
                .isEqualTo("second");
        assertThat(epochs(id).keySet()).isEqualTo(before.keySet());
        assertThat(epochs(id).values()).doesNotContainAnyElementsOf(before.values());
    }

    /** Launches, reboots and ends machines, each once, for as long as it is let; what fails is somebody else's to count. */
    private void load(CloudHarness gateway, AtomicBoolean stop, ConcurrentLinkedQueue<VmId> acknowledged) {
        Deque<VmId> own = new ArrayDeque<>();
        while (!stop.get()) {
            try {
                VmId vm = gateway.launch(1).get(0).id();
                acknowledged.add(vm);
                own.add(vm);
                gateway.request(own.peekFirst(), VmEvent.REBOOT);
                rebootsAsked.incrementAndGet();
            } catch (StoreUnavailableException | EngineException refused) {
                LockSupport.parkNanos(20_000_000);
            }
            if (own.size() > MACHINES_OF_A_LOAD && tryToEnd(gateway, own.peekFirst())) {
                own.removeFirst();
            }
        }
    }

    private static boolean tryToEnd(CloudHarness gateway, VmId vm) {
        try {
            gateway.request(vm, VmEvent.END);
            return true;
        } catch (StoreUnavailableException | EngineException refused) {
            return false;
        }
    }

    private List<VmId> launchFromAll(int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        gateways.get(number % gateways.size()).launch(1).get(0).id())
                .toList();
    }

    /** That each gateway owns so many, by all of their states; the order does not matter. */
    private void awaitShares(Integer... shares) {
        for (CloudHarness gateway : gateways) {
            gateway.await(() -> {
                Map<String, Integer> owned = new HashMap<>();
                gateway.store
                        .state()
                        .all(HostOwners.TABLE)
                        .forEach(owner -> owned.merge(owner.gateway(), 1, Integer::sum));
                return owned.values().stream()
                        .sorted()
                        .toList()
                        .equals(Arrays.stream(shares).sorted().toList());
            });
        }
    }

    private void assertEachIsOnOneHost(List<VmId> machines) {
        for (VmId id : machines) {
            VirtualMachine vm = gateways.get(0).awaitState(id, VmState.RUNNING);
            List<String> holders = IntStream.range(0, HOSTS)
                    .mapToObj(number -> "host-" + number)
                    .filter(name -> hosts.host("fake://" + name).domains.containsKey(vm.uuid()))
                    .toList();
            assertThat(holders)
                    .containsExactly(gateways.get(0)
                            .store
                            .state()
                            .find(Hosts.TABLE, vm.host().orElseThrow())
                            .orElseThrow()
                            .name());
            assertThat(Leases.of(gateways.get(0).store.state(), id)).hasSize(1);
        }
    }

    private int count(ToIntFunction<FakeHosts.FakeHost> what) {
        return IntStream.range(0, HOSTS)
                .map(number -> what.applyAsInt(hosts.host("fake://host-" + number)))
                .sum();
    }

    private String ownerOf(HostId host) {
        return gateways.get(0)
                .store
                .state()
                .find(HostOwners.TABLE, host)
                .orElseThrow()
                .gateway();
    }

    private int indexOf(String gateway) {
        return users.indexOf("gateway_" + gateway.replace("-", ""));
    }

    private String idOf(int index) {
        return gateways.get(0).store.state().all(Gateways.TABLE).stream()
                .map(Gateway::id)
                .filter(id -> indexOf(id) == index)
                .findFirst()
                .orElseThrow();
    }

    private Map<HostId, Long> epochs(String gateway) {
        Map<HostId, Long> epochs = new HashMap<>();
        gateways.get(gateways.size() - 1)
                .store
                .state()
                .by(HostOwners.BY_GATEWAY, HostOwners.TABLE, gateway)
                .forEach(owner -> epochs.put(owner.host(), owner.epoch()));
        return epochs;
    }
}
