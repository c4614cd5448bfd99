package xenith.gateway.ec2.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import xenith.security.xml.MalformedXmlException;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** The codec's parts as a gateway wires them, for tests; made once, since reading the contract takes a while. */
final class Codec {
    static final Ec2Contract CONTRACT = new Ec2Contract();
    static final ActionShapes SHAPES = new ActionShapes(CONTRACT);

    private Codec() {}

    static ActionShape shape(String action) {
        return SHAPES.find(action).orElseThrow();
    }

    static Element xml(String document) {
        try {
            return new SafeXml(XmlLimits.DEFAULT)
                    .parse(document.getBytes(StandardCharsets.UTF_8))
                    .getDocumentElement();
        } catch (MalformedXmlException malformed) {
            throw new IllegalArgumentException(document, malformed);
        }
    }

    /** Reads a Query request of alternating names and values. */
    static Ec2Request query(String action, String... namesAndValues) {
        List<Parameter> parameters = new ArrayList<>(List.of(new Parameter("Action", action)));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new QueryReader().read(shape(action), parameters);
    }
}
