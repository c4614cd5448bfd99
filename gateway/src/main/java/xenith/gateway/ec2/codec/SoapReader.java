package xenith.gateway.ec2.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * Reads the child of a SOAP request's Body into the model's request. Errors name members as Query does. Any API
 * version's namespace is accepted. Holds no state; safe for use by many threads.
 */
public final class SoapReader {
    private static final String ITEM = "item";

    /**
     * Reads a request.
     *
     * @param body the Body's child element, whose signature has been verified
     * @return the model's request, such as {@code RunInstancesRequest} for RunInstances
     * @throws Ec2Error InvalidAction when the contract has no such action or the element is another's; UnknownParameter,
     *     UnsupportedOperation (an element that the contract has and the model lacks), InvalidParameterValue or
     *     InvalidParameterCombination naming the member
     */
    public Ec2Request read(ActionShape shape, Element body) {
        SoapNames names = shape.soapRequest()
                .orElseThrow(() -> new Ec2Error(
                        Ec2ErrorCode.INVALID_ACTION, "The action " + shape.action() + " is not valid over SOAP"));
        if (!shape.action().equals(body.getLocalName())) {
            throw new Ec2Error(Ec2ErrorCode.INVALID_ACTION, "The body is not that of " + shape.action());
        }
        ApiVersion.ofNamespace(body.getNamespaceURI());
        RequestNode root = RequestNode.root();
        readChildren(body, names, root);
        return (Ec2Request) root.structure(shape.request());
    }

    private void readChildren(Element parent, SoapNames names, RequestNode node) {
        Set<String> seen = new HashSet<>();
        for (Element child : childrenOf(parent)) {
            String name = child.getLocalName();
            if (!seen.add(name)) {
                throw Ec2Error.combination(name, "is given more than once");
            }
            if (!isNil(child)) {
                readChild(child, target(name, names), node);
            }
        }
    }

    private void readChild(Element element, SoapTarget target, RequestNode node) {
        if (target instanceof SoapTarget.Text text) {
            node.member(text.member()).text(textOf(element));
        } else if (target instanceof SoapTarget.Content) {
            node.text(textOf(element));
        } else if (target instanceof SoapTarget.Structure structure) {
            readChildren(element, structure.names(), node.member(structure.member()));
        } else if (target instanceof SoapTarget.Items items) {
            // An empty set makes no list, so that it says nothing.
            itemsOf(element)
                    .forEach(item -> readChildren(
                            item, items.names(), node.member(items.member()).nextItem()));
        } else if (target instanceof SoapTarget.Spread spread) {
            itemsOf(element).forEach(item -> readSpread(item, spread, node));
        } else if (target instanceof SoapTarget.Choice choice) {
            node.member(choice.member()).text(choice.value());
        } else if (target instanceof SoapTarget.UserData userData) {
            readUserData(element, userData, node);
        } else if (target instanceof SoapTarget.Lacking && hasContent(element)) {
            throw Ec2Error.unsupportedParameter(element.getLocalName());
        }
    }

    private static SoapTarget target(String name, SoapNames names) {
        SoapTarget target = names.targets().get(name);
        if (target != null) {
            return target;
        }
        // A later version's simple member, such as dryRun.
        return names.shape()
                .map(shape -> shape.byElement(name))
                .filter(later -> later.shape() instanceof ScalarShape)
                .map(SoapTarget.Text::new)
                .orElseThrow(() -> Ec2Error.unknownParameter(name));
    }

    private static void readSpread(Element item, SoapTarget.Spread spread, RequestNode node) {
        for (Element child : childrenOf(item)) {
            MemberShape member = spread.members().get(child.getLocalName());
            if (member == null) {
                throw Ec2Error.unknownParameter(child.getLocalName());
            }
            if (!isNil(child)) {
                RequestNode target = node.member(member);
                (member.shape() instanceof ListShape ? target.nextItem() : target).text(textOf(child));
            }
        }
    }

    private static void readUserData(Element element, SoapTarget.UserData target, RequestNode node) {
        String encoding = element.getAttribute("encoding");
        if (!encoding.isEmpty() && !encoding.equals("base64")) {
            throw Ec2Error.invalidValue("UserData.encoding", encoding, "It must be base64.");
        }
        List<Element> children = ContractReader.children(element);
        if (children.size() > 1
                || (children.size() == 1 && !children.get(0).getLocalName().equals("data"))) {
            throw Ec2Error.unknownParameter(
                    "UserData." + children.get(children.size() - 1).getLocalName());
        }
        String text = textOf(children.isEmpty() ? element : children.get(0)).strip();
        if (!text.isEmpty()) {
            RequestNode place = node;
            for (MemberShape member : target.members()) {
                place = place.member(member);
            }
            place.text(text);
        }
    }

    private static List<Element> itemsOf(Element set) {
        List<Element> items = childrenOf(set);
        for (Element item : items) {
            if (!item.getLocalName().equals(ITEM)) {
                throw Ec2Error.unknownParameter(set.getLocalName() + "." + item.getLocalName());
            }
        }
        return items;
    }

    /** The element children, which must be of the same version as their parent; text between them must be blank. */
    private static List<Element> childrenOf(Element parent) {
        List<Element> children = ContractReader.children(parent);
        for (Element child : children) {
            if (child.getLocalName() == null || !parent.getNamespaceURI().equals(child.getNamespaceURI())) {
                throw Ec2Error.unknownParameter(child.getNodeName());
            }
        }
        String between = ownText(parent);
        if (!between.isBlank()) {
            throw Ec2Error.invalidValue(parent.getLocalName(), between.strip(), "It has no text of its own.");
        }
        return children;
    }

    private static String textOf(Element element) {
        if (!ContractReader.children(element).isEmpty()) {
            throw Ec2Error.invalidValue(element.getLocalName(), "<...>", "It must be a text.");
        }
        return ownText(element);
    }

    private static String ownText(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text part) {
                text.append(part.getData());
            }
        }
        return text.toString();
    }

    private static boolean hasContent(Element element) {
        return !ContractReader.children(element).isEmpty() || !ownText(element).isBlank();
    }

    private static boolean isNil(Element element) {
        String nil = element.getAttributeNS(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil");
        return nil.equals("true") || nil.equals("1");
    }
}
