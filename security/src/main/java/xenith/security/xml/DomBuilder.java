package xenith.security.xml;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/** Builds a DOM from a stream of events, with namespace declarations as attributes, as canonicalisation needs it. */
final class DomBuilder {
    private final Document document;
    private Node open;

    private DomBuilder(Document document) {
        this.document = document;
        this.open = document;
    }

    static Document build(XMLStreamReader reader) throws XMLStreamException {
        DomBuilder builder = new DomBuilder(emptyDocument());
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> builder.start(reader);
                case XMLStreamConstants.END_ELEMENT -> builder.open = builder.open.getParentNode();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> builder.text(reader.getText());
                default -> {
                    // comments and blanks outside the root mean nothing
                }
            }
        }
        return builder.document;
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform's DOM is not available", e);
        }
    }

    private void start(XMLStreamReader reader) {
        Element element =
                document.createElementNS(reader.getNamespaceURI(), name(reader.getPrefix(), reader.getLocalName()));
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i);
            String uri = reader.getNamespaceURI(i);
            String name = isEmpty(prefix) ? XMLConstants.XMLNS_ATTRIBUTE : XMLConstants.XMLNS_ATTRIBUTE + ":" + prefix;
            element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, name, uri == null ? "" : uri);
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String uri = reader.getAttributeNamespace(i);
            String name = name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
            element.setAttributeNS(isEmpty(uri) ? null : uri, name, reader.getAttributeValue(i));
        }
        open.appendChild(element);
        open = element;
    }

    private void text(String text) {
        if (open.getLastChild() instanceof Text last) {
            last.appendData(text);
        } else if (open != document) {
            open.appendChild(document.createTextNode(text));
        }
    }

    private static String name(String prefix, String localName) {
        return isEmpty(prefix) ? localName : prefix + ":" + localName;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
