package xenith.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.AccountId;
import xenith.engine.model.BootSource;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.HostId;
import xenith.engine.model.ImageId;
import xenith.engine.model.StateReason;
import xenith.engine.model.UserId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.port.DomainUsage;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.tables.EngineTables;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.tables.Ec2Tables;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;

class MetricsTest {
    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);

    @TempDir
    Path home;

    private Store store;

    @BeforeEach
    void open() {
        store = SqlStore.open(
                "jdbc:derby:memory:metrics;create=true",
                Stream.of(EngineTables.all(), Ec2Tables.all())
                        .flatMap(List::stream)
                        .toList(),
                List.of(EngineTables.MIGRATIONS, Ec2Tables.MIGRATIONS),
                CLOCK);
        store.write(tx -> {
            List.copyOf(tx.state().all(Vms.TABLE)).forEach(vm -> tx.remove(Vms.TABLE, vm.id()));
            List.copyOf(tx.state().all(Instances.TABLE)).forEach(entry -> tx.remove(Instances.TABLE, entry.id()));
            return null;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatMonitoredInstancesThatRunUseIsSampled() {
        add(1, VmState.RUNNING, true);
        add(2, VmState.RUNNING, false);
        add(3, VmState.OFF, true);

        InstanceSamples samples = new InstanceSamples(store, this::used, CLOCK);
        samples.take();

        String page = MetricsText.of(samples.newest());
        assertThat(page.lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        sample("cpu_seconds_total") + "1.500000",
                        sample("vcpus") + "2",
                        sample("memory_bytes") + "268435456",
                        sample("disk_read_bytes_total") + "11",
                        sample("disk_written_bytes_total") + "12",
                        sample("network_received_bytes_total") + "13",
                        sample("network_sent_bytes_total") + "14",
                        sample("sample_timestamp_seconds") + "1800000000");
        assertThat(page).contains("# TYPE xenith_instance_cpu_seconds_total counter");
    }

    @Test
    void onlyHostsOfMonitoredInstancesAreAsked() {
        add(1, VmState.RUNNING, false);
        InstanceSamples samples = new InstanceSamples(
                store,
                hosts -> {
                    throw new AssertionError("asked " + hosts);
                },
                CLOCK);
        samples.take();
        assertThat(samples.newest()).isEmpty();
    }

    @Test
    void anInstanceWhoseHostDoesNotAnswerHasNoSampleAnyMore() {
        add(1, VmState.RUNNING, true);
        boolean[] silent = {false};
        InstanceSamples samples = new InstanceSamples(store, hosts -> silent[0] ? Map.of() : used(hosts), CLOCK);
        samples.take();
        assertThat(samples.newest()).hasSize(1);
        silent[0] = true;
        samples.take();
        assertThat(samples.newest()).isEmpty();
    }

    @Test
    void thePageIsForWhoeverHasTheToken() throws IOException {
        Path file = home.resolve("token");
        MetricsFront front = new MetricsFront(
                new InstanceSamples(store, this::used, CLOCK),
                new GatewayMeters(store, path -> "query"),
                MetricsToken.open(file));
        String token = Files.readString(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(front.answer(request("GET", "Bearer " + token)).status()).isEqualTo(200);
        assertThat(front.answer(request("POST", "Bearer " + token)).status()).isEqualTo(405);
        for (String wrong : List.of("", "Bearer ", "Bearer " + token + "0", "Basic " + token, token)) {
            HttpAnswer answer = front.answer(request("GET", wrong));
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(UTF_8.decode(answer.body().duplicate()).toString()).doesNotContain("xenith_instance");
        }
    }

    @Test
    void theTokenStaysTheSameAndAnEmptyOneAdmitsNobody() throws IOException {
        Path file = home.resolve("token");
        MetricsToken.open(file);
        String token = Files.readString(file);
        assertThat(MetricsToken.open(file).admits("Bearer " + token)).isTrue();
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> MetricsToken.open(file)).isInstanceOf(IOException.class);
    }

    private Map<UUID, DomainUsage> used(Set<HostId> hosts) {
        assertThat(hosts).containsExactly(new HostId(1));
        UUID one = new UUID(0, 1);
        return Map.of(one, new DomainUsage(one, 1_500_000_000L, 256, 2, 11, 12, 13, 14));
    }

    private void add(long number, VmState state, boolean monitored) {
        VmSpec spec = new VmSpec(
                "m1.small",
                2,
                new Capacity(50, 256, 2048),
                new BootSource(Optional.of(new ImageId(1)), Optional.empty(), Optional.empty(), ""),
                new Contextualization("i", "h", "", List.of()),
                Optional.empty(),
                false);
        VirtualMachine vm = new VirtualMachine(
                new VmId(number),
                new UUID(0, number),
                "vm",
                ACCOUNT,
                new UserId(1),
                spec,
                state,
                Work.NONE,
                Optional.of(new HostId(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                StateReason.NONE,
                CLOCK.instant(),
                CLOCK.instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        store.write(tx -> {
            tx.put(Vms.TABLE, vm);
            tx.put(
                    Instances.TABLE,
                    new InstanceEntry(
                            "i-0000000" + number,
                            vm.id(),
                            ACCOUNT,
                            "r-00000001",
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            monitored));
            return null;
        });
    }

    private static String sample(String family) {
        return "xenith_instance_" + family + "{instance_id=\"i-00000001\",account=\"123456789012\"} ";
    }

    private static HttpRequest request(String method, String authorization) {
        return new HttpRequest(
                "1",
                URI.create("http://127.0.0.1/"),
                method,
                "/metrics",
                "",
                List.of(new HttpRequest.Field("Authorization", authorization)),
                new byte[0]);
    }
}
