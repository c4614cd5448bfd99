package xenith.security.soap;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Walks a DOM by namespace and local name, never by prefix. */
final class Elements {
    private Elements() {}

    static boolean is(Node node, String namespace, String localName) {
        return node instanceof Element
                && namespace.equals(node.getNamespaceURI())
                && localName.equals(node.getLocalName());
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static List<Element> children(Element parent, String namespace, String localName) {
        return children(parent).stream()
                .filter(child -> is(child, namespace, localName))
                .toList();
    }

    /** @throws RefusedException if there is not exactly one such child */
    static Element only(Element parent, String namespace, String localName) {
        List<Element> found = children(parent, namespace, localName);
        if (found.size() != 1) {
            throw new RefusedException(
                    Refusal.MALFORMED_SECURITY_HEADER,
                    parent.getLocalName() + " has " + found.size() + " children " + localName + " instead of 1.");
        }
        return found.get(0);
    }

    /** The only child element, which must have that name. */
    static Element onlyChild(Element parent, String namespace, String localName) {
        requireCount(parent, 1);
        return only(parent, namespace, localName);
    }

    static void requireCount(Element parent, int count) {
        int actual = children(parent).size();
        if (actual != count) {
            throw new RefusedException(
                    Refusal.MALFORMED_SECURITY_HEADER,
                    parent.getLocalName() + " has " + actual + " child elements instead of " + count + ".");
        }
    }
}
