package xenith.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls a gateway's actions by signed SOAP, in the words of the contract of 2013-02-01. */
final class SoapClient {
    private static final String EC2 = "http://ec2.amazonaws.com/doc/2013-02-01/";

    private final GatewayHarness gateway;
    private final SoapSigner signer;

    SoapClient(GatewayHarness gateway) throws Exception {
        this.gateway = gateway;
        this.signer =
                new SoapSigner(Path.of(gateway.exported("EC2_CERT")), Path.of(gateway.exported("EC2_PRIVATE_KEY")));
    }

    /** @param content of the request's element, in the contract's namespace */
    String answer(String action, String content) {
        HttpResponse<String> answer = send(action, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(action + "Response", EC2);
        return answer.body();
    }

    /** The local part of the fault's code. */
    String fault(String action, String content) {
        HttpResponse<String> answer = send(action, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        return first(answer.body(), "faultcode").replaceAll("^[^:]*:", "");
    }

    /** The text of the first element of that name. */
    static String first(String xml, String element) {
        Matcher found =
                Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
        assertThat(found.find()).as(element + " in " + xml).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> send(String action, String content) {
        String body = "<" + action + " xmlns=\"" + EC2 + "\">" + content + "</" + action + ">";
        try {
            return gateway.post(
                    "text/xml; charset=utf-8",
                    signer.sign(SoapSigner.envelope(body)),
                    Map.of("SOAPAction", "\"" + action + "\""));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
