package xenith.security.soap;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * The parts of a signed SOAP envelope, each found at its absolute position and nowhere else. Reading it refuses every
 * shape but one: {@code Envelope(Header(Security(Timestamp, BinarySecurityToken, Signature), ...), Body(operation))}.
 * Other headers may be there.
 *
 * @param headers the other header blocks
 * @param operation the only child of the Body
 */
record SignedEnvelope(
        Element security,
        Element timestamp,
        Element token,
        Element signature,
        List<Element> headers,
        Element body,
        Element operation) {
    private static final Set<String> SOAP_NAMESPACES = Set.of(WSConstants.URI_SOAP11_ENV, WSConstants.URI_SOAP12_ENV);

    static SignedEnvelope read(Document document) {
        Element envelope = document.getDocumentElement();
        String soap = envelope == null ? null : envelope.getNamespaceURI();
        if (soap == null || !SOAP_NAMESPACES.contains(soap) || !Elements.is(envelope, soap, "Envelope")) {
            throw new RefusedException(Refusal.MALFORMED_ENVELOPE, "The root must be a SOAP 1.1 Envelope.");
        }
        List<Element> parts = Elements.children(envelope);
        Element body = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (parts.size() == 1 && Elements.is(body, soap, "Body")) {
            throw new RefusedException(Refusal.MISSING_AUTHENTICATION, "The message has no header.");
        }
        if (parts.size() != 2 || !Elements.is(parts.get(0), soap, "Header") || !Elements.is(body, soap, "Body")) {
            throw new RefusedException(Refusal.MALFORMED_ENVELOPE, "It must hold one Header and then one Body.");
        }
        Element security = security(parts.get(0));
        refuseDoubledIds(envelope);
        return new SignedEnvelope(
                security,
                Elements.only(security, WSConstants.WSU_NS, "Timestamp"),
                Elements.only(security, WSConstants.WSSE_NS, "BinarySecurityToken"),
                Elements.only(security, WSConstants.SIG_NS, "Signature"),
                Elements.children(parts.get(0)).stream()
                        .filter(header -> header != security)
                        .toList(),
                body,
                operation(body));
    }

    private static Element security(Element header) {
        List<Element> found = Elements.children(header, WSConstants.WSSE_NS, "Security");
        if (found.isEmpty()) {
            throw new RefusedException(Refusal.MISSING_AUTHENTICATION, "The message has no WS-Security header.");
        }
        Element security = Elements.only(header, WSConstants.WSSE_NS, "Security");
        if (Elements.children(security, WSConstants.SIG_NS, "Signature").isEmpty()) {
            throw new RefusedException(Refusal.MISSING_AUTHENTICATION, "The message has no signature.");
        }
        Elements.requireCount(security, 3);
        return security;
    }

    private static Element operation(Element body) {
        List<Element> operations = Elements.children(body);
        if (operations.size() != 1) {
            throw new RefusedException(
                    Refusal.MALFORMED_ENVELOPE, "The Body has " + operations.size() + " child elements instead of 1.");
        }
        return operations.get(0);
    }

    /** Two elements of one Id could be taken for each other, whichever attribute a reader takes for the Id. */
    private static void refuseDoubledIds(Element envelope) {
        Set<String> seen = new HashSet<>();
        Node node = envelope;
        while (node != null) {
            if (node instanceof Element element) {
                refuseDoubledIds(element, seen);
            }
            node = next(node, envelope);
        }
    }

    private static void refuseDoubledIds(Element element, Set<String> seen) {
        NamedNodeMap attributes = element.getAttributes();
        Set<String> own = new HashSet<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            String name = attribute.getLocalName().toLowerCase(Locale.ROOT);
            if (name.equals("id") || name.equals("assertionid")) {
                own.add(attribute.getValue());
            }
        }
        for (String id : own) {
            if (!seen.add(id)) {
                throw new RefusedException(
                        Refusal.MALFORMED_SECURITY_HEADER,
                        "Two elements have the Id " + RefusedException.quote(id) + ".");
            }
        }
    }

    private static Node next(Node node, Node root) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node current = node;
        while (current != root && current.getNextSibling() == null) {
            current = current.getParentNode();
        }
        return current == root ? null : current.getNextSibling();
    }
}
