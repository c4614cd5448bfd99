package xenith.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** A whole gateway's page of metrics, its reference and its dashboard. */
class MetricsPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern NAME = Pattern.compile("\\bxenith_[a-z0-9_]+");

    @TempDir
    Path directory;

    private GatewayHarness gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayHarness(directory);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void requestsAreCountedByActionAndCodeAndTheCloudByState() throws Exception {
        try (Ec2Client client = gateway.client();
                Ec2Client stranger = gateway.client("not the secret")) {
            client.describeRegions();
            refused(() -> client.describeInstances(request -> request.instanceIds("i-00000001")));
            refused(stranger::describeRegions);
        }
        gateway.get("/?Action=" + "x".repeat(50));

        String page = page();

        assertThat(page)
                .contains(
                        "xenith_ec2_actions_seconds_count{action=\"DescribeRegions\",code=\"OK\",protocol=\"query\"} 1")
                .contains("action=\"DescribeInstances\",code=\"InvalidInstanceID.NotFound\"")
                .contains("action=\"unknown\",code=\"SignatureDoesNotMatch\"")
                .contains("xenith_hosts{state=\"on\"} 1")
                .contains("xenith_database_up 1")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("xxx");
        assertThat(page).containsPattern("xenith_http_requests_seconds_count\\{front=\"ec2\",status=\"403\"} [0-9]");
    }

    @Test
    void aProcessThatIsLiveNeedNotBeReady() {
        assertThat(gateway.get("/health/live").body()).contains("live");
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void theDashboardAndTheReferenceNameWhatThePageHas() throws Exception {
        try (Ec2Client client = gateway.client()) {
            client.describeRegions();
        }
        Set<String> there = names(page());
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DOCS.resolve("grafana/xenith.json")));
        Set<String> shown = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            panel.path("targets")
                    .forEach(target -> shown.addAll(names(target.path("expr").asText())));
        }

        assertThat(dashboard.path("title").asText()).isEqualTo("Xenith");
        assertThat(shown).isNotEmpty().isSubsetOf(there);
        assertThat(names(Files.readString(DOCS.resolve("reference/metrics.md"))))
                .isSubsetOf(there);
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private String page() throws Exception {
        HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/metrics"))
                .header("Authorization", "Bearer " + Files.readString(directory.resolve("metrics-token")))
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void refused(Runnable call) {
        try {
            call.run();
            throw new AssertionError("was not refused");
        } catch (Ec2Exception expected) {
            assertThat(expected.statusCode()).isGreaterThanOrEqualTo(400);
        }
    }
}
