package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Random;
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

/** A signed message is changed at random places: it is refused, or means exactly the same. */
class SoapTamperingTest {
    private final SoapHarness harness = TestUser.harness();
    private final SoapAuthenticator authenticator = harness.authenticator();
    private final SafeXml xml = new SafeXml(XmlLimits.DEFAULT);

    private static final int SPLICES = 1_000;

    private record Meaning(Identity identity, String operation, String digest, String created) {}

    @Test
    void noBitOfASignedMessageCanBeFlipped() throws MalformedXmlException {
        byte[] message = harness.sign(Signing.old()).getBytes(UTF_8);
        Meaning genuine = meaning(message);
        int refused = 0;
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] tampered = message.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(meaning(tampered)).as("bit %d", bit).isEqualTo(genuine);
            } catch (RefusedException | MalformedXmlException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused of %d bits", message.length * 8).isGreaterThan(message.length * 8 * 9 / 10);
    }

    @Test
    void noPieceOfASignedMessageCanBeMovedDoubledOrLost() throws MalformedXmlException {
        String message = harness.sign(Signing.old());
        Meaning genuine = meaning(message.getBytes(UTF_8));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < SPLICES; round++) {
            String spliced = splice(message, random);
            try {
                assertThat(meaning(spliced.getBytes(UTF_8)))
                        .as("seed %d round %d: %s", seed, round, spliced)
                        .isEqualTo(genuine);
            } catch (RefusedException | MalformedXmlException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused, seed %d", seed).isGreaterThan(SPLICES / 2);
    }

    /** Takes one to three tokens of the XML away, or puts other ones beside or in place of them. */
    private static String splice(String message, Random random) {
        String[] tokens = message.split("(?=[<>\" ])", -1);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(tokens.length);
            String other = tokens[random.nextInt(tokens.length)];
            tokens[at] = List.of("", other, tokens[at] + other).get(random.nextInt(3));
        }
        return String.join("", tokens);
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
