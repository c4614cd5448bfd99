package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

class ResponseWriterTest {

    @Test
    void theRequestIdComesFirstAndTheNamespaceIsTheClients() throws IOException {
        String answer = write(
                "GetConsoleOutput",
                GetConsoleOutputResponse.builder()
                        .instanceId("i-1")
                        .timestamp(Instant.parse("2026-01-31T20:32:24.8754Z"))
                        .build());
        assertThat(answer)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<GetConsoleOutputResponse xmlns=\"http://ec2.amazonaws.com/doc/2010-08-31/\">"
                        + "<requestId>id-1</requestId><instanceId>i-1</instanceId>"
                        + "<timestamp>2026-01-31T20:32:24.875Z</timestamp></GetConsoleOutputResponse>");
    }

    @Test
    void successIsSaidWhereTheModelLacksIt() throws IOException {
        Ec2Response empty = CreateTagsResponse.builder().build();
        assertThat(write("CreateTags", empty)).contains("</requestId><return>true</return></CreateTagsResponse>");
        assertThat(write("CreateTags", empty, Protocol.SOAP)).contains("<return>true</return>");
    }

    @Test
    void setsThatClientsRelyOnStandEvenWhenEmpty() throws IOException {
        assertThat(write(
                        "DescribeInstances", DescribeInstancesResponse.builder().build()))
                .contains("<reservationSet/>");
        assertThat(write("DescribeKeyPairs", DescribeKeyPairsResponse.builder().build(), Protocol.SOAP))
                .contains("<keySet/>");
        assertThat(write(
                        "DescribeInstanceTypes",
                        DescribeInstanceTypesResponse.builder().build()))
                .contains("<instanceTypeSet/>");
        assertThat(write("RunInstances", oneInstance()))
                .contains("<groupSet/>", "<instancesSet><item>")
                .doesNotContain("<tagSet");
    }

    @Test
    void soapKeepsToTheContract() throws IOException {
        String answer = write("RunInstances", oneInstance(), Protocol.SOAP);
        assertThat(answer)
                .startsWith("<RunInstancesResponse ")
                .contains("<privateDnsName></privateDnsName>")
                .doesNotContain("cpuOptions");
        assertThat(answer.indexOf("<instanceId>")).isLessThan(answer.indexOf("<instanceState>"));
        assertThatThrownBy(() -> write(
                        "DescribeInstanceTypes",
                        DescribeInstanceTypesResponse.builder().build(),
                        Protocol.SOAP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsEscapedAndWhatXmlCannotCarryIsReplaced() throws IOException {
        String answer = write(
                "GetConsoleOutput",
                GetConsoleOutputResponse.builder()
                        .output("<&>\"\r\n\t\u0000\u001b\uFFFF\uD800x\uD83D\uDE80é")
                        .build());
        assertThat(answer)
                .contains("<output>&lt;&amp;&gt;&quot;&#13;\n\t\uFFFD\uFFFD\uFFFD\uFFFDx\uD83D\uDE80é</output>");
    }

    private static RunInstancesResponse oneInstance() {
        return RunInstancesResponse.builder()
                .reservationId("r-1")
                .instances(Instance.builder()
                        .state(state -> state.code(0).name(InstanceStateName.PENDING))
                        .instanceId("i-1")
                        .cpuOptions(cpu -> cpu.coreCount(1))
                        .build())
                .build();
    }

    private static String write(String action, Ec2Response response) throws IOException {
        return write(action, response, Protocol.QUERY);
    }

    private static String write(String action, Ec2Response response, Protocol protocol) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ResponseWriter().write(Codec.shape(action), response, "id-1", new ApiVersion("2010-08-31"), protocol, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
