package xenith.security.xml;

import javax.xml.stream.XMLStreamException;

/** The bytes are not XML, or XML that is not accepted; the message may be shown to the sender. */
public final class MalformedXmlException extends XMLStreamException {
    MalformedXmlException(String message) {
        super(message);
    }

    MalformedXmlException(String message, Throwable cause) {
        super(message, cause);
    }
}
