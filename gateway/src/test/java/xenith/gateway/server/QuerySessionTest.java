package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;

/** AWS's own SDK, which knows nothing of Xenith. */
class QuerySessionTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    static Path home;

    private static GatewayHarness gateway;
    private static Ec2Client ec2;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(home);
        ec2 = gateway.client();
    }

    @AfterAll
    static void stop() {
        ec2.close();
        gateway.close();
    }

    @Test
    void anInstanceIsStartedAndEndedAndTheRestartForgetsNothing() throws Exception {
        String id = ec2.runInstances(
                        run -> run.imageId(mini()).minCount(1).maxCount(1).instanceType("m1.small"))
                .instances()
                .get(0)
                .instanceId();
        GatewayHarness.await(() -> state(id).equals("running"));
        assertThat(instance(id).privateIpAddress()).startsWith("10.84.");

        gateway.restart();
        try (Ec2Client again = gateway.client()) {
            String state = again.describeInstances(some -> some.instanceIds(id))
                    .reservations()
                    .get(0)
                    .instances()
                    .get(0)
                    .state()
                    .nameAsString();
            assertThat(state).isEqualTo("running");
            again.terminateInstances(some -> some.instanceIds(id));
        }
        ec2.close();
        ec2 = gateway.client();
        GatewayHarness.await(() -> state(id).equals("terminated"));
    }

    @Test
    void describeRegionsAnswersTheAddressItWasAskedAt() {
        String endpoint = ec2.describeRegions().regions().get(0).endpoint();

        assertThat(endpoint).isEqualTo(gateway.uri("/").getAuthority());
    }

    @Test
    void aWrongSecretIsRefused() {
        try (Ec2Client stranger = gateway.client("x".repeat(40))) {
            assertThatThrownBy(stranger::describeRegions).isInstanceOfSatisfying(Ec2Exception.class, refused -> {
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.requestId()).isNotBlank();
            });
        }
    }

    @Test
    void anActionThatEc2HasAndXenithHasNotIsUnsupported() {
        assertThatThrownBy(() -> ec2.describeVpcs()).isInstanceOfSatisfying(Ec2Exception.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("UnsupportedOperation");
            assertThat(refused.statusCode()).isEqualTo(400);
        });
    }

    @Test
    void aDryRunChangesNothing() {
        List<String> before = keyNames();

        assertThatThrownBy(() -> ec2.createKeyPair(key -> key.keyName("dry").dryRun(true)))
                .isInstanceOfSatisfying(Ec2Exception.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
                    assertThat(refused.statusCode()).isEqualTo(412);
                });
        assertThatThrownBy(() -> ec2.describeKeyPairs(keys -> keys.dryRun(true)))
                .isInstanceOfSatisfying(Ec2Exception.class, refused -> assertThat(
                                refused.awsErrorDetails().errorCode())
                        .isEqualTo("DryRunOperation"));
        assertThat(keyNames()).isEqualTo(before);
    }

    @Test
    void anUnsignedRequestIsRefusedWithItsIdInTheHeader() {
        var answer = gateway.get("/?Action=DescribeRegions&Version=2013-02-01");

        assertThat(answer.statusCode()).isEqualTo(403);
        String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>", id);
    }

    @Test
    void aRequestThatCannotBeReadIsRefusedInEc2sWords() throws IOException {
        String answer = answerTo("GET /a//b HTTP/1.1");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer).contains("<Response><Errors><Error><Code>MalformedQueryString</Code>");
        assertThat(answer).containsPattern("<RequestID>[0-9a-f-]{36}</RequestID>");
    }

    @Test
    void aPathOutOfTheOperatorsApiIsRefusedInItsWords() throws IOException {
        String answer = answerTo("GET /xenith/v1/../../ HTTP/1.1");

        assertThat(answer).containsPattern("HTTP/1.1 40[04] ").contains("{\"error\":{\"code\":");
    }

    private static String answerTo(String line) throws IOException {
        try (Socket client = gateway.connect()) {
            client.getOutputStream().write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void aHundredThousandParametersAreRefused() {
        StringBuilder form = new StringBuilder("Action=DescribeInstances");
        for (int number = 0; number < 100_000; number++) {
            form.append("&a.").append(Integer.toString(number, 36)).append("=");
        }

        var answer = gateway.post(FORM, form.toString().getBytes(UTF_8), Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>MalformedQueryString</Code>");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        var answer = gateway.post(FORM, new byte[(1 << 20) + 1], Map.of());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("<Code>RequestEntityTooLarge</Code>");
    }

    @Test
    void theContractIsServedWithTheAddressItWasAskedAt() {
        var answer = gateway.get("/services/Cloud?wsdl");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("location=\"" + gateway.uri("/services/Cloud") + "\"");
    }

    @Test
    void aSecondGatewayOnTheHomeIsRefused() {
        assertThatThrownBy(() -> Home.open(home)).hasMessageContaining("another gateway uses");
    }

    private static List<String> keyNames() {
        return ec2.describeKeyPairs().keyPairs().stream()
                .map(key -> key.keyName())
                .toList();
    }

    private static String mini() {
        return ec2.describeImages().images().stream()
                .filter(image -> image.name().equals("mini"))
                .map(Image::imageId)
                .findFirst()
                .orElseThrow();
    }

    private static Instance instance(String id) {
        return ec2.describeInstances(some -> some.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    private static String state(String id) {
        return instance(id).state().nameAsString();
    }
}
