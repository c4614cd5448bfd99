package xenith.security.xml;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** Refuses the events that no document from outside may hold. */
final class GuardedReader extends StreamReaderDelegate {
    private final int maxNamespacesPerElement;

    GuardedReader(XMLStreamReader reader, int maxNamespacesPerElement) throws MalformedXmlException {
        super(reader);
        this.maxNamespacesPerElement = maxNamespacesPerElement;
        if (reader.getVersion() != null && !reader.getVersion().equals("1.0")) {
            throw new MalformedXmlException("only XML 1.0 is accepted");
        }
    }

    @Override
    public int next() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw new MalformedXmlException("a document type declaration is not allowed");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new MalformedXmlException("an entity is not known");
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                throw new MalformedXmlException("a processing instruction is not allowed");
            case XMLStreamConstants.START_ELEMENT -> checkNamespaces();
            default -> {
                return event;
            }
        }
        return event;
    }

    private void checkNamespaces() throws MalformedXmlException {
        if (getNamespaceCount() > maxNamespacesPerElement) {
            throw new MalformedXmlException("an element declares more than " + maxNamespacesPerElement + " namespaces");
        }
    }

    /** Goes through {@link #next}, which the delegate's own would bypass. */
    @Override
    public int nextTag() throws XMLStreamException {
        int event = next();
        while (event == XMLStreamConstants.COMMENT
                || event == XMLStreamConstants.SPACE
                || (event == XMLStreamConstants.CHARACTERS && isWhiteSpace())) {
            event = next();
        }
        if (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
            throw new MalformedXmlException("text stands where only elements may");
        }
        return event;
    }

    /** Goes through {@link #next}, which the delegate's own would bypass. */
    @Override
    public String getElementText() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int event = next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw new MalformedXmlException("an element stands where only text may");
            }
            if (event != XMLStreamConstants.COMMENT) {
                text.append(getText());
            }
            event = next();
        }
        return text.toString();
    }
}
