package xenith.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;

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
            String image = Instances.machineImage(cloud);
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.putAll(churnUntilKilled(cloud, image, random));
                cloud.up().succeeded();
            }
            Map<String, Instance> settled = Instances.awaitSettled(cloud);
            Instances.assertThatIs(acknowledged, settled);
            cloud.xenith("down").succeeded();
            assertHostsHoldExactly(cloud, Instances.count(settled, "running"));
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

    /** Simulated hosts are none of the cloud's own, so their guests run on when it is down. */
    private static void assertHostsHoldExactly(RunningCloud cloud, long running) throws IOException {
        try (SimWorld world = new SimWorld(cloud.home().resolve("sim"), 1, SimSettings.LIFELIKE)) {
            Instances.assertHostsHoldExactly(world.audit(), running);
        }
    }
}
