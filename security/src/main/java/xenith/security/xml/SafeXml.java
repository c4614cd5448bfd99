package xenith.security.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.w3c.dom.Document;

/**
 * The parser for XML from outside, to a DOM or as a stream. Refused are: DTDs, references to entities other than XML's
 * own five, processing instructions (SOAP 1.1 section 3), XML 1.1, and what exceeds the {@link XmlLimits}. No parse
 * reads anything but its bytes, and none uses recursion. Thread-safe.
 */
public final class SafeXml {
    private final XmlLimits limits;
    private final WstxInputFactory factory;

    public SafeXml(XmlLimits limits) {
        this.limits = limits;
        this.factory = factory(limits);
    }

    private static WstxInputFactory factory(XmlLimits limits) {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.maxDepth());
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.maxElements());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.maxAttributesPerElement());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.maxBytes());
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.maxBytes());
        return factory;
    }

    /**
     * Parses a whole document. Comments are left out and text is one node per stretch, so that no reader can see other
     * text than the one that an exclusive canonicalisation covers.
     *
     * @throws MalformedXmlException if it is refused
     */
    public Document parse(byte[] xml) throws MalformedXmlException {
        try {
            return DomBuilder.build(reader(xml));
        } catch (MalformedXmlException e) {
            throw e;
        } catch (XMLStreamException e) {
            throw new MalformedXmlException(firstLine(e), e);
        }
    }

    /**
     * Reads a document as a stream. The reader throws {@link XMLStreamException} where the document is refused; what was
     * read before is then worth nothing.
     *
     * @throws MalformedXmlException if it is refused before its first event
     */
    public XMLStreamReader reader(byte[] xml) throws MalformedXmlException {
        if (xml.length > limits.maxBytes()) {
            throw new MalformedXmlException(
                    "the document has " + xml.length + " bytes, more than " + limits.maxBytes());
        }
        try {
            return new GuardedReader(
                    factory.createXMLStreamReader(new ByteArrayInputStream(xml)), limits.maxAttributesPerElement());
        } catch (MalformedXmlException e) {
            throw e;
        } catch (XMLStreamException e) {
            throw new MalformedXmlException(firstLine(e), e);
        }
    }

    private static String firstLine(XMLStreamException e) {
        String message = e.getMessage() == null ? "the document is not well-formed" : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
