package xenith.gateway.ec2.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import xenith.security.xml.MalformedXmlException;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/**
 * The SOAP contract of version 2013-02-01: what is served at {@code ?wsdl}, and the wire shape that the codec takes from
 * it. Immutable after construction; reading it takes some 100 ms, so one instance serves a process.
 */
public final class Ec2Contract {
    private static final String RESOURCE = "/wsdl/ec2/2013-02-01.wsdl";

    /** The address in the file, which stands for the endpoint's. */
    private static final String PLACEHOLDER_ADDRESS = "location=\"http://127.0.0.1/\"";

    private final String wsdl;
    private final Map<String, ContractOperation> operations;

    public Ec2Contract() {
        this.wsdl = resource();
        this.operations = new ContractReader(document()).operations();
    }

    /**
     * The contract for one endpoint in one version's namespace.
     *
     * @param endpointUrl where clients send requests, such as {@code http://127.0.0.1:8773/}
     * @return the WSDL document, in UTF-8
     */
    public byte[] wsdl(String endpointUrl, ApiVersion version) {
        String location = "location=\"" + XmlOutput.escapedAttribute(endpointUrl) + "\"";
        return wsdl.replace(PLACEHOLDER_ADDRESS, location)
                .replace(ApiVersion.CONTRACT.namespace(), version.namespace())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The contract's schema in the namespace of {@link ApiVersion#CONTRACT}, to validate documents against. */
    public Schema schema() {
        Node schema = ContractReader.schemaOf(document());
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new DOMSource(schema));
        } catch (SAXException invalid) {
            throw new IllegalStateException("The contract's schema is invalid", invalid);
        }
    }

    Optional<ContractOperation> operation(String action) {
        return Optional.ofNullable(operations.get(action));
    }

    Map<String, ContractOperation> operations() {
        return operations;
    }

    private Document document() {
        try {
            return new SafeXml(XmlLimits.DEFAULT).parse(wsdl.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedXmlException impossible) {
            throw new IllegalStateException(RESOURCE + " is not well-formed", impossible);
        }
    }

    private static String resource() {
        try (InputStream in = Ec2Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
