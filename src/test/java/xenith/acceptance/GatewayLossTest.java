package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;
import xenith.engine.store.Database;
import xenith.engine.store.PostgresServer;

/** Three gateways, each a process with a home of its own, on one PostgreSQL and the same simulated hosts. */
class GatewayLossTest {
    private static final int HOSTS = 6;
    private static final int LEAST_LAUNCHED = 10;
    private static final int EVENTS_PER_PAGE = 1_000;

    @TempDir
    Path shared;

    private final PostgresServer server = new PostgresServer();
    private final List<RunningCloud> gateways = new ArrayList<>();

    @AfterEach
    void end() {
        gateways.forEach(RunningCloud::close);
        server.close();
    }

    @Test
    void ofThreeGatewaysOneIsKilledUnderLoadAndNothingIsLostOrDoneTwice() throws IOException {
        Database database = server.database();
        for (int number = 0; number < 3; number++) {
            gateways.add(RunningCloud.configured(settings(database), credentials()));
        }
        String image = Instances.machineImage(gateways.get(2));
        List<CompletableFuture<Churn>> clients = new ArrayList<>();
        for (RunningCloud gateway : gateways) {
            Churn churn = new Churn(Ec2Clients.once(gateway), image, clients.size());
            clients.add(CompletableFuture.supplyAsync(churn::untilTheCloudIsGone));
        }
        try (Ec2Client ec2 = Ec2Clients.once(gateways.get(0))) {
            RunningCloud.await("launched", () -> Instances.all(ec2).size() < LEAST_LAUNCHED ? "few" : "launched");
        }

        gateways.get(1).killGateway();
        Map<String, String> acknowledged = new HashMap<>();
        clients.forEach(client -> acknowledged.putAll(client.join().acknowledged()));

        Map<String, Instance> settled = Instances.awaitSettled(gateways.get(0));
        Instances.assertThatIs(acknowledged, settled);
        assertThat(events(gateways.get(2))).contains("gateway-lost");
        gateways.get(1).up().succeeded();
        assertThat(states(Instances.awaitSettled(gateways.get(1)))).isEqualTo(states(settled));
        gateways.forEach(gateway -> gateway.xenith("down").succeeded());
        assertHostsHoldExactly(Instances.count(settled, "running"));
    }

    @Test
    void aHomeWithAnotherKeyOrAuthorityDoesNotJoin() throws IOException {
        Database database = server.database();
        gateways.add(RunningCloud.configured(settings(database)));
        Path key = gateways.get(0).home().resolve("secret.key");
        RunningCloud stranger = RunningCloud.simulated(1);
        gateways.add(stranger);

        assertThat(join(database)).contains("secret.key is missing");
        assertThat(join(database, stranger.home().resolve("secret.key")))
                .contains("secret.key in this home is not the one");
        assertThat(join(database, key)).contains("ca/ in this home is not this cloud's");
    }

    /** What a start says that must fail. */
    private String join(Database database, Path... copied) throws IOException {
        try {
            gateways.add(RunningCloud.configured(settings(database), copied));
        } catch (AssertionError refused) {
            return refused.getMessage();
        }
        throw new AssertionError("it has joined");
    }

    private Path[] credentials() {
        return gateways.isEmpty()
                ? new Path[0]
                : new Path[] {
                    gateways.get(0).home().resolve("secret.key"),
                    gateways.get(0).home().resolve("ca")
                };
    }

    private List<String> settings(Database database) throws IOException {
        Path password = shared.resolve("password");
        Files.writeString(password, server.login().password());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return List.of(
                "driver = sim",
                "sim.hosts = " + HOSTS,
                "sim.world = " + shared.resolve("world"),
                "image.directory = " + shared.resolve("images"),
                "gateway.tls.port = none",
                "database.url = " + database.jdbcUrl(),
                "database.user = " + server.login().user(),
                "database.passwordFile = " + password);
    }

    private static String events(RunningCloud gateway) {
        StringBuilder all = new StringBuilder();
        String page = "";
        for (int after = 0; after == 0 || page.lines().count() > EVENTS_PER_PAGE; after += EVENTS_PER_PAGE) {
            page = gateway.xenith("events", "--after", Integer.toString(after)).succeeded();
            all.append(page);
        }
        return all.toString();
    }

    private static Map<String, String> states(Map<String, Instance> instances) {
        return instances.values().stream().collect(Collectors.toMap(Instance::instanceId, instance -> instance.state()
                .nameAsString()));
    }

    private void assertHostsHoldExactly(long running) throws IOException {
        try (SimWorld world = new SimWorld(shared.resolve("world"), 1, SimSettings.LIFELIKE)) {
            Instances.assertHostsHoldExactly(world.audit(), running);
        }
    }
}
