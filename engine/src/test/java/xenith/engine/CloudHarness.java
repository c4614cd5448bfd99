package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.BootSource;
import xenith.engine.model.Caller;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Host;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.Role;
import xenith.engine.model.Subnet;
import xenith.engine.model.User;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.operation.EngineSettings;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.ownership.Ownership;
import xenith.engine.ownership.SoleOwnership;
import xenith.engine.placement.Destinations;
import xenith.engine.placement.RankedPolicy;
import xenith.engine.port.DriverSet;
import xenith.engine.service.Directory;
import xenith.engine.service.HostRegistry;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.LaunchRequest;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Database;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.EngineTables;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Networks;
import xenith.engine.tables.Users;
import xenith.engine.tables.Vms;

/** A whole engine on a real database and fake hosts, with short times. One operator, one network, one kernel image. */
public final class CloudHarness implements AutoCloseable {
    public static final EngineSettings QUICK =
            new EngineSettings(8, 8, 64, 1_000, 1_500, 20, 200, 100, 500, 3_600_000, 60_000, 60_000, 1);
    private static final long PATIENCE_MILLIS = 20_000;

    public final FakeHosts hosts;
    public final VirtualMachines machines = new VirtualMachines(new Destinations(RankedPolicy.striping()));
    private final List<DriverSet> drivers = new ArrayList<>();
    private final Database database;
    private final EngineSettings settings;
    private final RecoverySettings recovery;
    private final Function<Store, Ownership> ownership;
    public Store store;
    public Caller operator;
    private Engine engine;
    private NetworkId network;
    private ImageId kernel;

    public CloudHarness(Path home) {
        this(home, QUICK);
    }

    public CloudHarness(Path home, EngineSettings settings) {
        this(home, settings, RecoverySettings.STANDARD);
    }

    public CloudHarness(Path home, EngineSettings settings, RecoverySettings recovery) {
        this(Database.embeddedIn(home.resolve("db")), new FakeHosts(), settings, recovery, SoleOwnership::new);
    }

    /** One gateway of several, on a database and hosts that they share: the first makes the cloud. */
    public CloudHarness(
            Database database,
            FakeHosts hosts,
            EngineSettings settings,
            RecoverySettings recovery,
            Function<Store, Ownership> ownership) {
        this.database = database;
        this.hosts = hosts;
        drivers.add(hosts.drivers());
        this.settings = settings;
        this.recovery = recovery;
        this.ownership = ownership;
        openStore();
        store.write(tx -> {
            if (!tx.state().all(Cloud.TABLE).isEmpty()) {
                User user = tx.state().all(Users.TABLE).iterator().next();
                operator = new Caller(user.account(), user.id(), user.role());
                network = tx.state().all(Networks.TABLE).iterator().next().id();
                kernel = tx.state().all(Images.TABLE).iterator().next().id();
                return null;
            }
            tx.put(Cloud.TABLE, new Cloud(UUID.randomUUID()));
            Directory directory = new Directory(new Random(1));
            Account account = directory.createAccount(tx, "main", 10_000);
            User user = directory.createUser(tx, account.id(), "admin", Role.OPERATOR);
            operator = new Caller(account.id(), user.id(), Role.OPERATOR);
            network = new NetworkRegistry().create(tx, privateNetwork()).id();
            kernel = new ImageCatalog().register(tx, operator, kernelImage()).id();
            return null;
        });
        startEngine();
    }

    /** Starts the engine anew with one more driver. */
    public void addDriver(DriverSet set) {
        stopEngine();
        drivers.add(set);
        startEngine();
    }

    /** A host of any driver, which may never answer. */
    public Host addHost(String name, String driver, String uri, String zone) {
        return store.write(tx -> new HostRegistry(Set.of(driver))
                .add(tx, operator, new HostRegistry.NewHost(name, driver, uri, Optional.empty(), zone)));
    }

    public Host addHost(String name) {
        return addHost(name, "zone-a");
    }

    public Host addHost(String name, String zone) {
        Host host = addHost(name, FakeHosts.NAME, uri(name), zone);
        await(() -> store.state()
                        .find(Hosts.TABLE, host.id())
                        .orElseThrow()
                        .capacity()
                        .memoryMib()
                > 0);
        return host;
    }

    public FakeHosts.FakeHost host(String name) {
        return hosts.host(uri(name));
    }

    public List<VirtualMachine> launch(int count) {
        return launch(count, count, new Capacity(100, 1024, 1000));
    }

    public List<VirtualMachine> launchInto(PlacementGroupId group, int minCount, int maxCount) {
        return launch(minCount, maxCount, spec(new Capacity(100, 1024, 1000), false), Optional.of(group));
    }

    public List<VirtualMachine> launch(int minCount, int maxCount, Capacity capacity) {
        return launch(minCount, maxCount, spec(capacity, false), Optional.empty());
    }

    public VirtualMachine launchOneThatEndsOnShutdown() {
        return launch(1, 1, spec(new Capacity(100, 1024, 1000), true), Optional.empty())
                .get(0);
    }

    private List<VirtualMachine> launch(int minCount, int maxCount, VmSpec spec, Optional<PlacementGroupId> group) {
        return store.write(tx -> machines.launch(
                tx,
                operator,
                new LaunchRequest(
                        minCount,
                        maxCount,
                        spec.capacity(),
                        Optional.empty(),
                        index -> new LaunchRequest.Member("vm-" + index, spec),
                        List.of(network),
                        group,
                        false)));
    }

    public void request(VmId vm, VmEvent event) {
        store.write(tx -> machines.request(tx, operator, vm, event));
    }

    public VirtualMachine vm(VmId id) {
        return store.state().find(Vms.TABLE, id).orElseThrow();
    }

    /** Waits until the machine rests in that state. */
    public VirtualMachine awaitState(VmId id, VmState state) {
        return awaitVm(id, vm -> vm.state() == state && vm.work() == Work.NONE);
    }

    public VirtualMachine awaitVm(VmId id, Predicate<VirtualMachine> condition) {
        await(() -> store.state().find(Vms.TABLE, id).filter(condition).isPresent());
        return vm(id);
    }

    public void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for a condition").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    /** Ends the engine and the store as a crash would leave them for the next start, and starts again. */
    public void restart() {
        close();
        openStore();
        startEngine();
    }

    public Engine engine() {
        return engine;
    }

    public NetworkId network() {
        return network;
    }

    /** Leaves the network as many addresses as that. */
    public void shrinkNetworkTo(int addresses) {
        store.write(tx -> {
            VirtualNetwork now = tx.find(Networks.TABLE, network).orElseThrow();
            tx.put(
                    Networks.TABLE,
                    new VirtualNetwork(
                            now.id(),
                            now.name(),
                            now.bridge(),
                            now.subnet(),
                            now.first(),
                            new Ipv4(now.first().bits() + addresses - 1),
                            now.gateway()));
            return null;
        });
    }

    /** One that is registered. */
    public Image image() {
        return store.state().find(Images.TABLE, kernel).orElseThrow();
    }

    public void stopEngine() {
        engine.close();
    }

    public void startEngine() {
        engine = new Engine(
                store, ownership.apply(store), drivers, RankedPolicy.striping(), recovery, settings, Clock.systemUTC());
        engine.start();
    }

    @Override
    public void close() {
        engine.close();
        store.close();
    }

    private void openStore() {
        store = SqlStore.open(
                database, new ArrayList<>(EngineTables.all()), List.of(EngineTables.MIGRATIONS), Clock.systemUTC());
    }

    private VmSpec spec(Capacity capacity, boolean endOnShutdown) {
        return new VmSpec(
                "test",
                1,
                capacity,
                new BootSource(Optional.empty(), Optional.of(kernel), Optional.empty(), ""),
                new Contextualization("i-1", "guest", "", List.of()),
                Optional.empty(),
                endOnShutdown);
    }

    private Image kernelImage() {
        return new Image(
                new ImageId(1),
                operator.account(),
                "kernel",
                "",
                ImageKind.KERNEL,
                "x86_64",
                "kernel",
                DiskFormat.RAW,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ImageState.AVAILABLE,
                "",
                java.time.Instant.EPOCH);
    }

    private static VirtualNetwork privateNetwork() {
        return new VirtualNetwork(
                new NetworkId(1),
                "private",
                "br0",
                Subnet.parse("10.0.0.0/16"),
                Ipv4.parse("10.0.0.2"),
                Ipv4.parse("10.0.200.254"),
                Ipv4.parse("10.0.0.1"));
    }

    private static String uri(String name) {
        return "fake://" + name;
    }
}
