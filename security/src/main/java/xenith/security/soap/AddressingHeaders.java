package xenith.security.soap;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * The header blocks of a message in the WS-Addressing of March 2004, which Globus Toolkit 4.0 speaks.
 *
 * @param messageId what the answer relates to
 * @param to the address of the service
 * @param action what is to be done, a URI
 * @param blocks all of them but Security; the reference properties, such as a resource's key, among them
 */
public record AddressingHeaders(String messageId, String to, String action, List<Element> blocks) {
    public static final String NAMESPACE = "http://schemas.xmlsoap.org/ws/2004/03/addressing";

    /**
     * Reads the blocks of one message, all of different names.
     *
     * @throws RefusedException {@code MALFORMED_ENVELOPE} if MessageID, To or Action is missing or any block is there twice
     */
    public static AddressingHeaders of(List<Element> blocks) {
        Set<QName> names = new HashSet<>();
        for (Element block : blocks) {
            if (!names.add(new QName(block.getNamespaceURI(), block.getLocalName()))) {
                throw new RefusedException(
                        Refusal.MALFORMED_ENVELOPE,
                        "The header " + RefusedException.quote(block.getLocalName()) + " is there twice.");
            }
        }
        return new AddressingHeaders(
                text(blocks, "MessageID"), text(blocks, "To"), text(blocks, "Action"), List.copyOf(blocks));
    }

    private static String text(List<Element> blocks, String localName) {
        return find(blocks, NAMESPACE, localName)
                .map(block -> block.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RefusedException(
                        Refusal.MALFORMED_ENVELOPE, "The addressing header " + localName + " is missing."));
    }

    private static Optional<Element> find(List<Element> blocks, String namespace, String localName) {
        return blocks.stream()
                .filter(block -> Elements.is(block, namespace, localName))
                .findFirst();
    }

    /** The block of that name, such as a resource's key. */
    public Optional<Element> block(String namespace, String localName) {
        return find(blocks, namespace, localName);
    }

    /**
     * Compares the message with the HTTP request that brought it. Of the address the path alone counts, since hosts have
     * several names.
     *
     * @param soapAction the SOAPAction header as received, or null; it must be the action, or nothing
     * @param path the path of the request
     * @throws RefusedException {@code WRONG_SOAP_ACTION} or {@code WRONG_DESTINATION}
     */
    public void requireFor(String soapAction, String path) {
        String named = SoapAction.of(soapAction);
        if (!named.isEmpty() && !named.equals(action)) {
            throw new RefusedException(
                    Refusal.WRONG_SOAP_ACTION,
                    "They are " + RefusedException.quote(named) + " and " + RefusedException.quote(action) + ".");
        }
        if (!path.equals(path(to))) {
            throw new RefusedException(
                    Refusal.WRONG_DESTINATION,
                    "It is for " + RefusedException.quote(to) + " and came to " + RefusedException.quote(path) + ".");
        }
    }

    private static String path(String address) {
        try {
            return URI.create(address).getPath();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
