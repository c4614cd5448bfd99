package xenith.acceptance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** A client that launches and ends instances until nobody answers, and remembers what was acknowledged. */
final class Churn {
    private static final int MOST_AT_ONCE = 3;
    private static final int MOST_CALLS = 200;

    private final Ec2Client ec2;
    private final String image;
    private final Random random;
    private final Map<String, String> acknowledged = new HashMap<>();
    private final List<String> alive = new ArrayList<>();

    Churn(Ec2Client ec2, String image, long seed) {
        this.ec2 = ec2;
        this.image = image;
        this.random = new Random(seed);
    }

    Churn untilTheCloudIsGone() {
        try (ec2) {
            for (int call = 0; call < MOST_CALLS; call++) {
                if (alive.isEmpty() || random.nextBoolean()) {
                    launch();
                } else {
                    end(alive.remove(random.nextInt(alive.size())));
                }
            }
        } catch (SdkClientException gone) {
            // Nobody answers any more: what this client was waiting for is not acknowledged.
            return this;
        }
        return this;
    }

    Map<String, String> acknowledged() {
        return acknowledged;
    }

    private void launch() {
        int count = 1 + random.nextInt(MOST_AT_ONCE);
        try {
            List<Instance> instances = ec2.runInstances(request -> request.imageId(image)
                            .instanceType(InstanceType.M1_SMALL)
                            .clientToken(UUID.randomUUID().toString())
                            .minCount(count)
                            .maxCount(count))
                    .instances();
            instances.forEach(instance -> {
                alive.add(instance.instanceId());
                acknowledged.put(instance.instanceId(), "running");
            });
        } catch (Ec2Exception refused) {
            if (!refused.awsErrorDetails().errorCode().equals("InsufficientInstanceCapacity")) {
                throw refused;
            }
        }
    }

    /** An end that is not answered may or may not have happened, so nothing is claimed of its instance. */
    private void end(String instance) {
        acknowledged.remove(instance);
        ec2.terminateInstances(request -> request.instanceIds(instance));
        acknowledged.put(instance, "terminated");
    }
}
