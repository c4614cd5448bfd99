package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ErrorWriterTest {
    private final Ec2Error missing =
            new Ec2Error(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND, "The instance ID 'i-<1>' does not exist");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void queryErrorsHaveNoNamespace() throws IOException {
        new ErrorWriter().writeQuery(missing, "id-1", out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>"
                        + "<Code>InvalidInstanceID.NotFound</Code>"
                        + "<Message>The instance ID 'i-&lt;1&gt;' does not exist</Message>"
                        + "</Error></Errors><RequestID>id-1</RequestID></Response>");
    }

    @Test
    void faultCodesAreQualified() throws IOException {
        new ErrorWriter().writeSoapFault(missing, "id-1", out);
        Element fault = (Element) Codec.xml(out.toString(StandardCharsets.UTF_8))
                .getElementsByTagNameNS(ErrorWriter.SOAP_NAMESPACE, "Fault")
                .item(0);
        String code = fault.getElementsByTagName("faultcode").item(0).getTextContent();
        assertThat(code).endsWith(":Client.InvalidInstanceID.NotFound");
        assertThat(fault.lookupNamespaceURI(code.substring(0, code.indexOf(':'))))
                .isEqualTo(ErrorWriter.SOAP_NAMESPACE);
        assertThat(fault.getElementsByTagName("faultstring").item(0).getTextContent())
                .contains("'i-<1>'");
        assertThat(fault.getElementsByTagName("RequestID").item(0).getTextContent())
                .isEqualTo("id-1");
    }

    @Test
    void theServicesOwnFaultsAreTheServers() {
        assertThat(new ErrorWriter()
                        .soapCode(new Ec2Error(Ec2ErrorCode.UNAVAILABLE, ""))
                        .getLocalPart())
                .isEqualTo("Server.Unavailable");
    }

    @Test
    void tokenServiceAnswersHaveTheirOwnShape() throws IOException {
        new StsWriter().writeCallerIdentity("arn:aws:iam::1:user/a&b", "AIDA1", "1", "id-1", out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a&amp;b</Arn><UserId>AIDA1</UserId>"
                        + "<Account>1</Account></GetCallerIdentityResult>"
                        + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                        + "</GetCallerIdentityResponse>");
    }

    @Test
    void tokenServiceErrorsLieInItsNamespace() throws IOException {
        new StsWriter().writeError(missing, "id-1", out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                        + "<Type>Sender</Type><Code>InvalidInstanceID.NotFound</Code>")
                .endsWith("</Error><RequestId>id-1</RequestId></ErrorResponse>");
    }
}
