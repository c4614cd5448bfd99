package xenith.gateway.ec2.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads operations and types out of the contract's WSDL; knows the few parts of XML Schema that it uses. */
final class ContractReader {
    private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";

    private final Document document;
    private final Map<String, Element> typeElements = new HashMap<>();
    private final Map<String, String> rootTypes = new HashMap<>();
    private final Map<String, ContractType.Complex> types = new HashMap<>();

    ContractReader(Document document) {
        this.document = document;
        for (Element child : children(schemaOf(document))) {
            if (child.getLocalName().equals("complexType")) {
                typeElements.put(child.getAttribute("name"), child);
            } else {
                rootTypes.put(child.getAttribute("name"), localPart(child.getAttribute("type")));
            }
        }
    }

    static Element schemaOf(Document document) {
        return (Element) document.getElementsByTagNameNS(XS, "schema").item(0);
    }

    Map<String, ContractOperation> operations() {
        Element portType =
                (Element) document.getElementsByTagNameNS(WSDL, "portType").item(0);
        Map<String, ContractOperation> operations = new HashMap<>();
        for (Element operation : children(portType)) {
            String name = operation.getAttribute("name");
            operations.put(
                    name,
                    new ContractOperation(
                            name, complex(rootTypes.get(name)), complex(rootTypes.get(name + "Response"))));
        }
        return Map.copyOf(operations);
    }

    private ContractType.Complex complex(String name) {
        ContractType.Complex known = types.get(name);
        if (known != null) {
            return known;
        }
        Element type = typeElements.get(name);
        List<ContractElement> elements = new ArrayList<>();
        for (Element sequence : children(type)) {
            if (sequence.getLocalName().equals("sequence")) {
                children(sequence).forEach(child -> elements.add(element(child)));
            }
        }
        ContractType.Complex read =
                new ContractType.Complex(name, type.getAttribute("mixed").equals("true"), elements);
        types.put(name, read);
        return read;
    }

    private ContractElement element(Element element) {
        String type = element.getAttribute("type");
        return new ContractElement(
                element.getAttribute("name"),
                type.startsWith("xs:") ? new ContractType.Simple(localPart(type)) : complex(localPart(type)),
                !element.getAttribute("minOccurs").equals("0"),
                element.getAttribute("maxOccurs").equals("unbounded"));
    }

    private static String localPart(String qualifiedName) {
        return qualifiedName.substring(qualifiedName.indexOf(':') + 1);
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
