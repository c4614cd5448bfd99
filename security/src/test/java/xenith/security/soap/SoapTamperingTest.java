package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import xenith.security.Identity;
import xenith.security.RefusedException;
import xenith.security.soap.SoapHarness.Signing;
import xenith.security.xml.MalformedXmlException;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** One bit of each byte of a signed message is flipped: it is refused, or means exactly the same. */
class SoapTamperingTest {
    private final SoapHarness harness = TestUser.harness();
    private final SoapAuthenticator authenticator = harness.authenticator();
    private final SafeXml xml = new SafeXml(XmlLimits.DEFAULT);

    private record Meaning(Identity identity, String operation, String digest, String created) {}

    @Test
    void noByteOfASignedMessageCanBeChanged() throws MalformedXmlException {
        byte[] message = harness.sign(Signing.old()).getBytes(UTF_8);
        Meaning genuine = meaning(message);
        int refused = 0;
        for (int at = 0; at < message.length; at++) {
            byte[] tampered = message.clone();
            tampered[at] ^= (byte) (1 << at % 8);
            try {
                assertThat(meaning(tampered)).as("byte %d", at).isEqualTo(genuine);
            } catch (RefusedException | MalformedXmlException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused of %d", message.length).isGreaterThan(message.length * 9 / 10);
    }

    private Meaning meaning(byte[] message) throws MalformedXmlException {
        VerifiedMessage verified = authenticator.authenticate(xml.parse(message), "\"RunInstances\"");
        return new Meaning(
                verified.identity(),
                text(verified.operation()),
                verified.digest(),
                verified.created() + " " + verified.acceptableUntil());
    }

    private static String text(Element element) {
        try {
            StringWriter text = new StringWriter();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
