package xenith.drivers.libvirt;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML whose every text and attribute is escaped, whatever it holds. Not thread-safe. */
public final class XmlText {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    /** What goes between an element's tags. */
    @FunctionalInterface
    public interface Content {
        void write();
    }

    public XmlText() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An element with other elements in it.
     *
     * @param attributes names and values in turn
     */
    public XmlText element(String name, Content content, String... attributes) {
        try {
            writer.writeStartElement(name);
            attributes(attributes);
            content.write();
            writer.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with attributes only. */
    public XmlText empty(String name, String... attributes) {
        return element(name, () -> {}, attributes);
    }

    /** An element with text only. */
    public XmlText text(String name, String value, String... attributes) {
        return element(name, () -> characters(value), attributes);
    }

    private void characters(String value) {
        try {
            writer.writeCharacters(value);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    @Override
    public String toString() {
        try {
            writer.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
