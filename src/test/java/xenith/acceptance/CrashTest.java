package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import xenith.drivers.sim.SimAudit;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;
import xenith.engine.port.DomainReport;

/** {@code kill -9} at random moments while instances are launched and ended; then everything is counted. */
class CrashTest {
    private static final int ROUNDS = Boolean.getBoolean("xenith.long") ? 100 : 10;
    private static final int CLIENTS = 3;
    private static final int LEAST_CHURN_MILLIS = 300;
    private static final int MOST_CHURN_MILLIS = 2_500;

    @Test
    void whatWasAcknowledgedHoldsAndNothingRunsTwiceOrIsLeftBehind() throws IOException {
        long seed = Long.getLong("xenith.seed", System.nanoTime());
        System.out.println("CrashTest: -Dxenith.seed=" + seed);
        Random random = new Random(seed);
        Map<String, String> acknowledged = new HashMap<>();
        RunningCloud cloud = RunningCloud.simulated(5);
        try {
            String image = machineImage(cloud);
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.putAll(churnUntilKilled(cloud, image, random));
                cloud.up().succeeded();
            }
            Map<String, Instance> settled = awaitSettled(cloud);
            acknowledged.forEach(
                    (instance, state) -> assertThat(settled).hasEntrySatisfying(instance, found -> assertThat(
                                    found.state().nameAsString())
                            .as("%s, acknowledged %s: %s", instance, state, found.stateReason())
                            .isEqualTo(state)));
            assertThat(addresses(settled)).doesNotHaveDuplicates();
            cloud.xenith("down").succeeded();
            assertHostsHoldExactly(cloud, count(settled, "running"));
        } finally {
            cloud.close();
        }
    }

    /** What instances were last acknowledged to become, of those that no unanswered request is about. */
    private static Map<String, String> churnUntilKilled(RunningCloud cloud, String image, Random random) {
        List<CompletableFuture<Churn>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Churn churn = new Churn(Ec2Clients.once(cloud), image, random.nextLong());
            clients.add(CompletableFuture.supplyAsync(churn::untilTheCloudIsGone));
        }
        int millis = LEAST_CHURN_MILLIS + random.nextInt(MOST_CHURN_MILLIS - LEAST_CHURN_MILLIS);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        cloud.killGateway();
        Map<String, String> acknowledged = new HashMap<>();
        clients.forEach(client -> acknowledged.putAll(client.join().acknowledged()));
        return acknowledged;
    }

    private static Map<String, Instance> awaitSettled(RunningCloud cloud) {
        try (Ec2Client ec2 = Ec2Clients.once(cloud)) {
            RunningCloud.await("settled", () -> {
                Set<String> states = instances(ec2).values().stream()
                        .map(instance -> instance.state().nameAsString())
                        .collect(Collectors.toSet());
                states.removeAll(Set.of("running", "terminated"));
                return states.isEmpty() ? "settled" : states.toString();
            });
            return instances(ec2);
        }
    }

    private static Map<String, Instance> instances(Ec2Client ec2) {
        return ec2.describeInstancesPaginator(request -> request.maxResults(1000)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .collect(Collectors.toMap(Instance::instanceId, instance -> instance));
    }

    private static List<String> addresses(Map<String, Instance> instances) {
        return instances.values().stream()
                .filter(instance -> !instance.state().nameAsString().equals("terminated"))
                .map(Instance::privateIpAddress)
                .toList();
    }

    private static long count(Map<String, Instance> instances, String state) {
        return instances.values().stream()
                .filter(instance -> instance.state().nameAsString().equals(state))
                .count();
    }

    /** Simulated hosts are none of the cloud's own, so their guests run on when it is down. */
    private static void assertHostsHoldExactly(RunningCloud cloud, long running) throws IOException {
        try (SimWorld world = new SimWorld(cloud.home().resolve("sim"), 1, SimSettings.LIFELIKE)) {
            SimAudit audit = world.audit();
            assertThat(audit.ranTwice()).isEmpty();
            assertThat(audit.domains().stream().map(SimAudit.Domain::report).map(DomainReport::uuid))
                    .doesNotHaveDuplicates()
                    .hasSize((int) running);
            assertThat(audit.clones()).hasSize((int) running);
            assertThat(audit.admitted()).hasSize((int) running);
        }
    }

    private static String machineImage(RunningCloud cloud) {
        try (Ec2Client ec2 = Ec2Clients.once(cloud)) {
            return ec2.describeImages().images().stream()
                    .map(Image::imageId)
                    .filter(id -> id.startsWith("ami-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
