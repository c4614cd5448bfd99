package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/** Every request and answer of the model against the SDK's own protocol. */
class SdkRoundTripTest {
    private static final List<String> ACTIONS = SdkProtocol.actions();

    /** One that always runs, and one that tries something new; a failure names its own. */
    private static final List<Long> SEEDS = List.of(20130201L, new Random().nextLong());

    private final SdkProtocol sdk = new SdkProtocol();

    @Test
    void theModelIsNotWalkedInVain() {
        assertThat(ACTIONS).hasSizeGreaterThan(800).contains("RunInstances", "DescribeInstances");
    }

    @Test
    void everyAnswerIsReadBackByTheSdk() throws Exception {
        for (long seed : SEEDS) {
            for (String action : ACTIONS) {
                ActionShape shape = Codec.shape(action);
                Ec2Response answer = (Ec2Response) new RandomModel(seed, RandomModel.Density.SPARSE)
                        .answer(shape.response(), shape.answer(Protocol.QUERY).parts());
                ByteArrayOutputStream document = new ByteArrayOutputStream();
                new ResponseWriter().write(shape, answer, "id", ApiVersion.CONTRACT, Protocol.QUERY, document);
                Ec2Response read = sdk.unmarshalled(shape.response(), document.toByteArray());
                assertThat(read.responseMetadata().requestId()).as(action).isEqualTo("id");
                assertThat(read.equalsBySdkFields(answer))
                        .as("%s, seed %d:%n%s%nis not%n%s", action, seed, read, answer)
                        .isTrue();
            }
        }
    }

    @Test
    void everyRequestOfTheSdkIsRead() throws Exception {
        for (long seed : SEEDS) {
            for (String action : ACTIONS) {
                ActionShape shape = Codec.shape(action);
                Ec2Request request =
                        (Ec2Request) new RandomModel(seed, RandomModel.Density.SPARSE).request(shape.request());
                assertThat(new QueryReader().read(shape, sdk.marshalled(request)))
                        .as("%s, seed %d", action, seed)
                        .isEqualTo(request);
            }
        }
    }
}
