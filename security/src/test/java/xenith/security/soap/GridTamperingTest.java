package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import xenith.security.RefusedException;
import xenith.security.grid.GridName;
import xenith.security.grid.GridPathValidator;
import xenith.security.xml.MalformedXmlException;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** A message of a proxy is changed at random places: it is refused, or means exactly the same. */
class GridTamperingTest {
    private static final int FLIPS = 4_000;

    private final SafeXml xml = new SafeXml(XmlLimits.DEFAULT);

    private record Meaning(GridName sender, boolean limited, String addressing, String operation, String digest) {}

    @Test
    void noBitOfASignedMessageCanBeFlipped(@TempDir Path directory) throws MalformedXmlException {
        GridPathValidator paths = new GridHarness(directory).files.validator();
        byte[] message = GridHarness.genuine().getBytes(UTF_8);
        Meaning genuine = meaning(paths, message);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            int bit = random.nextInt(message.length * 8);
            byte[] tampered = message.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(meaning(paths, tampered))
                        .as("seed %d bit %d", seed, bit)
                        .isEqualTo(genuine);
            } catch (RefusedException | MalformedXmlException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused, seed %d", seed).isGreaterThan(FLIPS * 9 / 10);
    }

    private Meaning meaning(GridPathValidator paths, byte[] message) throws MalformedXmlException {
        GridMessage verified = GridHarness.authenticate(paths, xml.parse(message));
        return new Meaning(
                verified.sender().name(),
                verified.sender().limited(),
                verified.addressing().blocks().stream()
                        .map(GridTamperingTest::text)
                        .collect(Collectors.joining(" ")),
                text(verified.operation()),
                verified.digest());
    }

    /** All names and texts, whatever the prefixes. */
    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        if (node instanceof Element element) {
            text.append('{')
                    .append(element.getNamespaceURI())
                    .append('}')
                    .append(element.getLocalName())
                    .append('[');
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                text.append(text(child));
            }
            return text.append(']').toString();
        }
        return node.getNodeValue();
    }
}
