package xenith.drivers.libvirt;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML that a host has sent: without document types and without entities of others. */
public final class XmlElements {
    private XmlElements() {}

    /**
     * The attributes of each element of that local name, in document order, wherever it stands.
     *
     * @return what was found; nothing where the text is no well-formed XML from there on
     */
    public static List<Map<String, String>> attributes(String xml, String localName) {
        List<Map<String, String>> found = new ArrayList<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(localName)) {
                    found.add(attributes(reader));
                }
            }
        } catch (XMLStreamException e) {
            return found;
        }
        return found;
    }

    /** {@link #attributes(String, String)} of those elements that stand in one of the outer name, however deep. */
    public static List<Map<String, String>> attributesWithin(String xml, String outerName, String localName) {
        List<Map<String, String>> found = new ArrayList<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            int outer = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (reader.getLocalName().equals(outerName)) {
                        outer++;
                    } else if (outer > 0 && reader.getLocalName().equals(localName)) {
                        found.add(attributes(reader));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals(outerName)) {
                    outer--;
                }
            }
        } catch (XMLStreamException e) {
            return found;
        }
        return found;
    }

    /**
     * Of each element of that name, the attributes of the elements that stand directly in it, by their names; of equal
     * names the first.
     */
    static List<Map<String, Map<String, String>>> children(String xml, String outerName) {
        List<Map<String, Map<String, String>>> found = new ArrayList<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (depth > 0) {
                        depth++;
                    } else if (reader.getLocalName().equals(outerName)) {
                        depth = 1;
                        found.add(new LinkedHashMap<>());
                    }
                    if (depth == 2) {
                        found.get(found.size() - 1).putIfAbsent(reader.getLocalName(), attributes(reader));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && depth > 0) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            return found;
        }
        return found;
    }

    /** The text of the first element of that local name, which has no elements in it; empty when there is none. */
    public static Optional<String> text(String xml, String localName) {
        return texts(xml, localName).stream().findFirst();
    }

    /** The texts of all of them, in document order. */
    static List<String> texts(String xml, String localName) {
        List<String> found = new ArrayList<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(localName)) {
                    found.add(reader.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            return found;
        }
        return found;
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
