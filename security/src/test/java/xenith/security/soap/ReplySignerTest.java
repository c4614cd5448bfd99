package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import xenith.security.grid.Made;
import xenith.security.x509.CertificateStrength;

class ReplySignerTest {
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");
    private static final Made HOST = ROOT.user("/O=Grid/CN=host/cloud.example.org");
    private static final String REPLY = GridHarness.resource("globus-start-reply.xml");
    private static final String FAULT = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<s:Fault><faultcode>s:Server.userException</faultcode>"
            + "<faultstring>a &amp; b&#13;\n\t&lt;J\u00f6rg \ud83d\ude00&gt;</faultstring></s:Fault></s:Body></s:Envelope>";

    private static String sign(String reply, Made... chain) {
        byte[] signed = new ReplySigner(Made.CLOCK).sign(SoapHarness.parse(reply), GridHarness.credential(chain));
        return new String(signed, UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply", "fault"})
    void wss4jTrustsItByTheAuthority(String kind) throws Exception {
        Document signed = SoapHarness.parse(sign(kind.equals("reply") ? REPLY : FAULT, HOST));

        assertThat(signedParts(signed, ROOT)).containsExactlyInAnyOrder("Body", "Timestamp");
        assertThatThrownBy(() -> signedParts(signed, Made.stranger("/O=Grid/CN=Root")))
                .isInstanceOf(WSSecurityException.class);
    }

    private static List<String> signedParts(Document message, Made trusted) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", trusted.certificate());
        Merlin trust = new Merlin();
        trust.setTrustStore(anchors);
        WSSConfig config = WSSConfig.getNewInstance();
        // The clock of the test stands; WSS4J's own does not.
        config.setValidator(WSConstants.TIMESTAMP, (credential, data) -> credential);
        RequestData data = new RequestData();
        data.setWssConfig(config);
        data.setSigVerCrypto(trust);
        WSSecurityEngineResult result = new WSSecurityEngine()
                .processSecurityHeader(message, data)
                .getActionResults()
                .get(WSConstants.SIGN)
                .get(0);
        return ((List<?>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS))
                .stream()
                        .map(WSDataRef.class::cast)
                        .map(WSDataRef::getName)
                        .map(QName::getLocalPart)
                        .toList();
    }

    @Test
    void santuarioAloneVerifiesItAndRefusesItTampered() throws Exception {
        String signed = sign(FAULT, HOST);

        assertThat(verifiedBySantuario(signed)).isTrue();
        assertThat(verifiedBySantuario(signed.replace("userException", "userexception")))
                .isFalse();
        assertThat(verifiedBySantuario(signed.replaceFirst("Created>2026", "Created>2027")))
                .isFalse();
    }

    private static boolean verifiedBySantuario(String message) throws Exception {
        Document document = SoapHarness.parse(message);
        for (String part : List.of("Body", "Timestamp")) {
            String namespace = part.equals("Body") ? WSConstants.URI_SOAP11_ENV : WSConstants.WSU_NS;
            Element element =
                    (Element) document.getElementsByTagNameNS(namespace, part).item(0);
            element.setIdAttributeNS(WSConstants.WSU_NS, "Id", true);
        }
        Element signature = (Element)
                document.getElementsByTagNameNS(WSConstants.SIG_NS, "Signature").item(0);
        return new XMLSignature(signature, "").checkSignatureValue(HOST.certificate());
    }

    @Test
    void ourOwnVerifierTakesItAndFindsTheHost() {
        SignaturePolicy signatures = new SignaturePolicy(Sha1Policy.REFUSE, CertificateStrength.MIN_RSA_BITS);
        var profile = new MessageProfile<X509Certificate>(
                signatures, EnumSet.allOf(TokenKind.class), false, chain -> chain.get(0));
        SignedMessage<X509Certificate> verified =
                new MessageVerifier<>(profile, Made.CLOCK).verify(SoapHarness.parse(sign(REPLY, HOST)));

        assertThat(verified.signer()).isEqualTo(HOST.certificate());
        assertThat(verified.envelope().operation().getLocalName()).isEqualTo("startWorkspaceResponse");
        assertThat(verified.envelope().headers()).hasSize(2);
    }

    @Test
    void itHasTheFormThatTheClientsAccept() {
        String signed = sign(REPLY, HOST);

        assertThat(signed)
                .contains("<wsu:Created>2026-01-31T20:32:24Z</wsu:Created>")
                .contains("<wsu:Expires>2026-01-31T20:37:24Z</wsu:Expires>")
                .contains("#X509v3\"")
                .contains("Algorithm=\"" + WSConstants.RSA_SHA256 + "\"")
                .contains("Algorithm=\"" + WSConstants.C14N_EXCL_OMIT_COMMENTS + "\"");
    }

    @Test
    void authoritiesBelowTheTrustedOneComeAlongAsAPath() throws Exception {
        Made between = Made.root("/O=Grid/CN=Between");
        Made host = between.user("/O=Grid/CN=host/cloud.example.org");
        String signed = sign(REPLY, host, between);

        assertThat(signed).contains("#X509PKIPathv1\"");
        assertThat(signedParts(SoapHarness.parse(signed), between)).hasSize(2);
        Element token = (Element) SoapHarness.parse(signed)
                .getElementsByTagNameNS(WSConstants.WSSE_NS, "BinarySecurityToken")
                .item(0);
        assertThat(SecurityToken.signerFirst(token, Set.of(TokenKind.PKI_PATH)))
                .containsExactly(host.certificate(), between.certificate());
    }

    @Test
    void textsSurviveAsTheyWere() {
        String text = SoapHarness.parse(FAULT).getDocumentElement().getTextContent();

        assertThat(SoapHarness.parse(sign(FAULT, HOST)).getElementsByTagNameNS(WSConstants.URI_SOAP11_ENV, "Body"))
                .satisfies(body -> assertThat(body.item(0).getTextContent()).isEqualTo(text));
        assertThat(text).isEqualTo("s:Server.userExceptiona & b\r\n\t<J\u00f6rg \ud83d\ude00>");
    }
}
