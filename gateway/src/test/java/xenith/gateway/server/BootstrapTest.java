package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.BootSource;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Host;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostState;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.StateReason;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.operation.Steps;
import xenith.engine.placement.Destinations;
import xenith.engine.placement.RankedPolicy;
import xenith.engine.service.LaunchRequest;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.store.Table;
import xenith.engine.tables.EngineTables;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Networks;
import xenith.engine.tables.Vms;
import xenith.gateway.credentials.CredentialTables;
import xenith.gateway.credentials.Credentials;
import xenith.security.AccessKeys;
import xenith.security.SecretBox;
import xenith.security.x509.CertificateAuthority;

/** What a changed setting means for a cloud that exists. */
class BootstrapTest {
    private static final Capacity SMALL = new Capacity(100, 1024, 1000);

    private static final List<Table<?, ?>> TABLES = Stream.of(EngineTables.all(), CredentialTables.all())
            .flatMap(List::stream)
            .toList();

    /** Shared, as the store is, which each test finds empty: making keys and databases takes longer than any test. */
    @TempDir
    static Path home;

    private static Store store;
    private Bootstrap.Operator operator;

    @BeforeAll
    static void open() {
        store = SqlStore.open(
                "jdbc:derby:memory:bootstrap;create=true",
                TABLES,
                List.of(EngineTables.MIGRATIONS, CredentialTables.MIGRATIONS),
                Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        TABLES.forEach(BootstrapTest::empty);
    }

    private static <K, V> void empty(Table<K, V> table) {
        store.write(tx -> {
            List.copyOf(tx.state().all(table)).forEach(row -> tx.remove(table, table.keyOf(row)));
            return null;
        });
    }

    @Test
    void aStartWithNothingChangedSaysAndChangesNothing() throws Exception {
        assertThat(start("driver = sim\nsim.hosts = 3\n")).isEmpty();
        String key = operator.accessKeyId();
        List<Host> before = hosts();

        assertThat(start("driver = sim\nsim.hosts = 3\n")).isEmpty();
        assertThat(hosts()).hasSize(3).isEqualTo(before);
        assertThat(operator.accessKeyId()).isEqualTo(key);
    }

    @Test
    void fewerSimulatedHostsRemoveThoseWithoutMachinesAndDisableTheOthersUntilTheyHaveNone() throws Exception {
        start("driver = sim\nsim.hosts = 4\n");
        VmId onThird = machineOn("sim-3");

        assertThat(start("driver = sim\nsim.hosts = 1\n")).contains("warning: sim.hosts is 1: 1 hosts beyond that");
        assertThat(names()).containsExactly("sim-1", "sim-3");
        assertThat(host("sim-3").state()).isEqualTo(HostState.DISABLED);
        assertThat(host("sim-1").state()).isEqualTo(HostState.ON);

        store.write(tx -> tx.remove(Vms.TABLE, onThird));
        assertThat(start("driver = sim\nsim.hosts = 1\n")).isEmpty();
        assertThat(names()).containsExactly("sim-1");
    }

    @Test
    void moreSimulatedHostsComeAndThoseThatWereTooManyTakeMachinesAgain() throws Exception {
        start("driver = sim\nsim.hosts = 2\n");
        machineOn("sim-2");
        start("driver = sim\nsim.hosts = 1\n");

        assertThat(start("driver = sim\nsim.hosts = 3\n")).isEmpty();
        assertThat(names()).containsExactly("sim-1", "sim-2", "sim-3");
        assertThat(hosts()).extracting(Host::state).containsOnly(HostState.ON);
    }

    @Test
    void aHostThatWasTooManyWhileItDidNotAnswerTakesMachinesAgainOnceItIsWanted() throws Exception {
        start("driver = sim\nsim.hosts = 2\n");
        machineOn("sim-2");
        change(host("sim-2").silenced("no route to host"));
        start("driver = sim\nsim.hosts = 1\n");
        change(host("sim-2").answering());
        assertThat(host("sim-2").state()).isEqualTo(HostState.DISABLED);

        change(host("sim-2").silenced("no route to host"));
        start("driver = sim\nsim.hosts = 2\n");
        assertThat(host("sim-2").silent()).isTrue();
        change(host("sim-2").answering());

        assertThat(host("sim-2").state()).isEqualTo(HostState.ON);
    }

    @Test
    void aHostThatAnOperatorDisabledStaysSo() throws Exception {
        start("driver = sim\nsim.hosts = 2\n");
        store.write(tx -> {
            tx.put(Hosts.TABLE, host("sim-2").withState(HostState.DISABLED, "disabled by an operator"));
            return null;
        });
        start("driver = sim\nsim.hosts = 2\n");
        assertThat(host("sim-2").state()).isEqualTo(HostState.DISABLED);
    }

    @Test
    void aChangedZoneIsThatOfNewHosts() throws Exception {
        start("driver = sim\nsim.hosts = 1\n");

        assertThat(start("driver = sim\nsim.hosts = 2\ncloud.zone = xenith-b\n"))
                .contains("warning: cloud.zone is xenith-b for new hosts: 1 that were there before stay in xenith-a");
        assertThat(hosts()).extracting(Host::zone).containsExactly("xenith-a", "xenith-b");
    }

    @Test
    void aChangedNetworkIsSaidToHaveNoEffect() throws Exception {
        start("driver = sim\n");

        assertThat(start("driver = sim\nnetwork.last = 10.84.0.20\nnetwork.bridge = br7\n"))
                .contains("warning: network.bridge is br7 and has no effect: the first network was made with xenbr0")
                .contains("warning: network.last is 10.84.0.20 and has no effect");
        assertThat(store.state().all(Networks.TABLE)).singleElement().satisfies(network -> assertThat(network.last())
                .hasToString("10.84.255.254"));
    }

    @Test
    void aCloudOnAnotherDriverIsRefusedWithTheLineThatIsMissing() throws Exception {
        start("driver = sim\n");

        assertThatThrownBy(() -> start(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 'driver = sim' into xenith.conf");
        assertThat(names()).containsExactly("sim-1");
    }

    /** @return what was written for whoever started it */
    private String start(String settings) throws Exception {
        Configuration configuration = Configuration.read(Files.writeString(home.resolve("xenith.conf"), settings));
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        try {
            operator = new Bootstrap(
                            home,
                            configuration,
                            store,
                            new Credentials(),
                            new AccessKeys(SecretBox.open(home.resolve("secret.key"), false)),
                            CertificateAuthority.openOrCreate(home.resolve("ca"), "Test CA", Clock.systemUTC()))
                    .run();
        } finally {
            System.setErr(before);
        }
        return said.toString(UTF_8);
    }

    /** A machine that is being started there. */
    private VmId machineOn(String name) {
        return store.write(tx -> {
            Host host = host(name).withReport(new Capacity(800, 8192, 100_000), HostFacts.UNKNOWN);
            tx.put(Hosts.TABLE, host);
            tx.put(Images.TABLE, image());
            LaunchRequest request = new LaunchRequest(
                    1, 1, SMALL, Optional.empty(), index -> new LaunchRequest.Member("vm", spec()), List.of(), false);
            VirtualMachine vm = new VirtualMachines(new Destinations(RankedPolicy.striping()))
                    .launch(tx, operator.caller(), request)
                    .get(0)
                    .withHost(Optional.of(host.id()));
            Steps.step(tx, vm, VmEvent.PLACE, StateReason.NONE);
            return vm.id();
        });
    }

    private Image image() {
        return new Image(
                new ImageId(1),
                operator.caller().account(),
                "image",
                "",
                ImageKind.MACHINE,
                "x86_64",
                "image.img",
                DiskFormat.RAW,
                1000,
                1000,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ImageState.AVAILABLE,
                "",
                Instant.EPOCH);
    }

    private static VmSpec spec() {
        return new VmSpec(
                "test",
                1,
                SMALL,
                new BootSource(Optional.of(new ImageId(1)), Optional.empty(), Optional.empty(), ""),
                new Contextualization("i-1", "guest", "", List.of()),
                Optional.empty(),
                false);
    }

    private void change(Host host) {
        store.write(tx -> {
            tx.put(Hosts.TABLE, host);
            return null;
        });
    }

    private Host host(String name) {
        return hosts().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() {
        return hosts().stream().map(Host::name).toList();
    }

    private List<Host> hosts() {
        return store.state().all(Hosts.TABLE).stream()
                .sorted(Comparator.comparing(Host::name))
                .toList();
    }
}
