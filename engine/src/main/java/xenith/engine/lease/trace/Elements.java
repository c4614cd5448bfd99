package xenith.engine.lease.trace;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks the elements of a document that is not trusted: no document type, no entities from elsewhere. */
final class Elements {
    private final String file;
    private final XMLStreamReader reader;

    /** Where an element begins, for messages about what turns out wrong later. */
    record Place(int line, int column) {}

    /** What to do with one element; it has to read it to its end. */
    @FunctionalInterface
    interface Visitor {
        void visit(String name) throws TraceException;
    }

    Elements(String file, byte[] content) throws TraceException {
        this.file = file;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
        } catch (XMLStreamException broken) {
            throw told(broken);
        }
    }

    /** Goes to the document's element. @throws TraceException unless it has this name */
    void root(String name) throws TraceException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // A declaration and comments may come first.
        }
        if (!reader.getLocalName().equals(name)) {
            throw wrong("the document is <" + reader.getLocalName() + ">, not <" + name + ">");
        }
    }

    /** Visits the children of the element that has just begun, and ends behind it. */
    void children(Visitor visitor) throws TraceException {
        int event = next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                visitor.visit(reader.getLocalName());
            }
            event = next();
        }
    }

    /** Passes over the element that has just begun, with all that is in it. */
    void skip() throws TraceException {
        children(name -> skip());
    }

    /** Reads on to the document's end, so that nothing behind the leases is broken. */
    void end() throws TraceException {
        while (next() != XMLStreamConstants.END_DOCUMENT) {
            // Only comments may follow.
        }
    }

    Place place() {
        Location location = reader.getLocation();
        return new Place(Math.max(1, location.getLineNumber()), Math.max(1, location.getColumnNumber()));
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name));
    }

    String required(String name) throws TraceException {
        return attribute(name).orElseThrow(() -> wrong("<" + reader.getLocalName() + "> has no attribute " + name));
    }

    long number(String name, long least, long most) throws TraceException {
        String text = required(name).strip();
        if (!text.matches("-?[0-9]{1,18}")) {
            throw wrong(name + " '" + text + "' is not a whole number");
        }
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw wrong(name + " " + text + " is not " + least + " to " + most);
        }
        return value;
    }

    long time(String name) throws TraceException {
        try {
            return TraceTime.parse(name, required(name));
        } catch (IllegalArgumentException none) {
            throw wrong(none.getMessage());
        }
    }

    TraceException wrong(String problem) {
        return wrong(place(), problem);
    }

    TraceException wrong(Place place, String problem) {
        return new TraceException(file, place.line, place.column, problem);
    }

    private int next() throws TraceException {
        try {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw wrong("a document type or entity is not allowed");
            }
            return event;
        } catch (XMLStreamException broken) {
            throw told(broken);
        }
    }

    private TraceException told(XMLStreamException broken) {
        Location at = broken.getLocation();
        String message = broken.getMessage() == null ? "is no XML" : broken.getMessage();
        int detail = message.indexOf("Message: ");
        return new TraceException(
                file,
                at == null ? 1 : Math.max(1, at.getLineNumber()),
                at == null ? 1 : Math.max(1, at.getColumnNumber()),
                detail < 0 ? message : message.substring(detail + "Message: ".length()));
    }
}
