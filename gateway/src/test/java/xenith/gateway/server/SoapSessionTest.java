package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EC2 by SOAP with an X.509 certificate. */
class SoapSessionTest {
    private static final String EC2 = "http://ec2.amazonaws.com/doc/2010-08-31/";
    private static final String REGIONS = "<DescribeRegions xmlns=\"" + EC2 + "\"/>";

    @TempDir
    static Path home;

    private static GatewayHarness gateway;
    private static SoapSigner signer;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(home);
        signer = new SoapSigner(Path.of(gateway.exported("EC2_CERT")), Path.of(gateway.exported("EC2_PRIVATE_KEY")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aSignedCallIsAnsweredInItsOwnVersion() throws Exception {
        var answer = send(signer.sign(SoapSigner.envelope(REGIONS)), "DescribeRegions");

        assertThat(answer.body()).contains("DescribeRegionsResponse", EC2, "<regionName>xenith</regionName>");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
    }

    @Test
    void aReadMayNotBeReplayed() throws Exception {
        byte[] message = signer.sign(SoapSigner.envelope(REGIONS));
        assertThat(send(message, "").statusCode()).isEqualTo(200);

        assertThat(faultOf(send(message, ""))).isEqualTo("Client.AuthFailure");
    }

    @Test
    void aWriteMayNotBeReplayedEvenAfterARestart() throws Exception {
        byte[] message = signer.sign(createKey("once"));
        assertThat(send(message, "CreateKeyPair").statusCode()).isEqualTo(200);
        assertThat(send(signer.sign(deleteKey("once")), "").statusCode()).isEqualTo(200);

        gateway.restart();

        assertThat(faultOf(send(message, "CreateKeyPair"))).isEqualTo("Client.AuthFailure");
    }

    @Test
    void aChangedBodyIsRefusedAndTheGenuineOneThenAccepted() throws Exception {
        byte[] message = signer.sign(createKey("genuine"));
        byte[] changed =
                new String(message, UTF_8).replace(">genuine<", ">forgery<").getBytes(UTF_8);

        assertThat(faultOf(send(changed, ""))).isEqualTo("Client.SignatureDoesNotMatch");
        assertThat(send(message, "").statusCode()).isEqualTo(200);
    }

    @Test
    void anUnsignedMessageIsRefused() {
        var answer = send(SoapSigner.envelope(REGIONS).getBytes(UTF_8), "");

        assertThat(faultOf(answer)).isEqualTo("Client.MissingAuthenticationToken");
    }

    @Test
    void aSoapActionOfAnotherOperationIsRefused() throws Exception {
        var answer = send(signer.sign(SoapSigner.envelope(REGIONS)), "TerminateInstances");

        assertThat(faultOf(answer)).isEqualTo("Client.InvalidParameterCombination");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "\"no name\"", "utf-9", "a/b"})
    void aCharsetThatNobodyKnowsIsRefusedAsAFault(String charset) throws Exception {
        byte[] message = signer.sign(SoapSigner.envelope(REGIONS));
        var answer = gateway.post("text/xml; charset=" + charset, message, Map.of("SOAPAction", "\"\""));

        assertThat(faultOf(answer)).isEqualTo("Client.InvalidQueryParameter");
        assertThat(gateway.post("text/xml;CHARSET=\"UTF-8\"", message, Map.of("SOAPAction", "\"\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDtdIsRefused() {
        String bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]>" + SoapSigner.envelope(REGIONS);

        assertThat(faultOf(send(bomb.getBytes(UTF_8), ""))).isEqualTo("Client.InvalidQueryParameter");
    }

    @Test
    void aMebibyteOfNestingIsRefused() {
        String deep = "<a>".repeat((1 << 20) / 3 - 10);

        assertThat(faultOf(send(deep.getBytes(UTF_8), ""))).isEqualTo("Client.InvalidQueryParameter");
    }

    @Test
    void anActionThatIsNotThereIsAFaultWithItsCode() throws Exception {
        var answer = send(signer.sign(SoapSigner.envelope("<Nonsense xmlns=\"" + EC2 + "\"/>")), "");

        assertThat(faultOf(answer)).isEqualTo("Client.InvalidAction");
    }

    private static String createKey(String name) {
        return SoapSigner.envelope(
                "<CreateKeyPair xmlns=\"" + EC2 + "\"><keyName>" + name + "</keyName></CreateKeyPair>");
    }

    private static String deleteKey(String name) {
        return SoapSigner.envelope(
                "<DeleteKeyPair xmlns=\"" + EC2 + "\"><keyName>" + name + "</keyName></DeleteKeyPair>");
    }

    private static HttpResponse<String> send(byte[] message, String action) {
        return gateway.post("text/xml; charset=utf-8", message, Map.of("SOAPAction", "\"" + action + "\""));
    }

    /** The local part of the fault's code; the answer must be a fault, with 500. */
    private static String faultOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        assertThat(answer.body()).contains("<RequestID>");
        return answer.body().replaceAll("(?s).*<faultcode>[^:<]*:([^<]*)</faultcode>.*", "$1");
    }
}
