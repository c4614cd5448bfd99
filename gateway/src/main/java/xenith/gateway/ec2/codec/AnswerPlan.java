package xenith.gateway.ec2.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of an action's answer in the order in which they are written, made from the model and the contract.
 *
 * <p>Query answers have every member of the model, and besides: the contract's sets even when empty (old clients read
 * them without a check) and {@code return} where the contract has it (its absence reads as failure). SOAP answers have
 * the contract's elements only, in its order.
 */
record AnswerPlan(List<AnswerPart> parts) {
    private static final String REQUEST_ID = "requestId";

    /** What an action that answers says of its success. */
    private static final AnswerPart.Constant RETURN = new AnswerPart.Constant("return", "true");

    AnswerPlan {
        parts = List.copyOf(parts);
    }

    static AnswerPlan forQuery(StructShape response, Optional<ContractType.Complex> contract) {
        List<AnswerPart> parts = new ArrayList<>(queryParts(response, contract, true));
        boolean returns = contract.stream()
                .flatMap(type -> type.elements().stream())
                .anyMatch(element -> element.name().equals(RETURN.name()));
        if (returns && response.byXmlName(RETURN.name()) == null) {
            parts.add(RETURN);
        }
        return new AnswerPlan(parts);
    }

    static AnswerPlan forSoap(StructShape response, ContractType.Complex contract) {
        return new AnswerPlan(soapParts(response, contract));
    }

    private static List<AnswerPart> queryParts(
            StructShape shape, Optional<ContractType.Complex> contract, boolean outermost) {
        Map<String, ContractElement> known = new HashMap<>();
        contract.ifPresent(type -> type.elements().forEach(element -> known.put(element.name(), element)));
        // Newer actions have no contract; EC2 answers their outermost sets even when empty.
        boolean setsRequired = outermost && contract.isEmpty();
        return shape.members().stream()
                .map(member -> queryPart(member, Optional.ofNullable(known.get(member.xmlName())), setsRequired))
                .toList();
    }

    private static AnswerPart queryPart(MemberShape member, Optional<ContractElement> known, boolean setsRequired) {
        String name = member.xmlName();
        Optional<ContractType.Complex> type = known.flatMap(AnswerPlan::complexType);
        if (member.shape() instanceof ScalarShape scalar) {
            return new AnswerPart.Text(name, member, scalar.kind(), name.equals("return") ? "true" : null);
        }
        if (member.shape() instanceof StructShape struct) {
            return new AnswerPart.Structure(name, member, queryParts(struct, type, false), false);
        }
        ListShape list = (ListShape) member.shape();
        Optional<ContractType.Complex> itemType =
                type.flatMap(ContractType.Complex::item).flatMap(AnswerPlan::complexType);
        AnswerPart.Item item = queryItem(list.item(), itemType);
        boolean required = known.map(ContractElement::required).orElse(setsRequired);
        return new AnswerPart.Items(name, member, list.itemName(), item, required);
    }

    private static AnswerPart.Item queryItem(Shape item, Optional<ContractType.Complex> type) {
        if (item instanceof ScalarShape scalar) {
            return new AnswerPart.Item.Value(scalar.kind());
        }
        return new AnswerPart.Item.Structure(queryParts((StructShape) item, type, false));
    }

    private static Optional<ContractType.Complex> complexType(ContractElement element) {
        return element.type() instanceof ContractType.Complex complex ? Optional.of(complex) : Optional.empty();
    }

    private static List<AnswerPart> soapParts(StructShape shape, ContractType.Complex contract) {
        List<AnswerPart> parts = new ArrayList<>();
        for (ContractElement element : contract.elements()) {
            MemberShape member = shape.byElement(element.name());
            if (member != null) {
                parts.add(soapPart(element, member));
            } else if (element.name().equals(RETURN.name())) {
                parts.add(RETURN);
            } else if (element.required() && !element.name().equals(REQUEST_ID)) {
                throw new IllegalStateException(
                        "The model lacks " + contract.name() + "/" + element.name() + ", which the contract requires");
            }
        }
        return parts;
    }

    private static AnswerPart soapPart(ContractElement element, MemberShape member) {
        String name = element.name();
        if (element.type() instanceof ContractType.Simple simple) {
            return new AnswerPart.Text(
                    name, member, ((ScalarShape) member.shape()).kind(), whenMissing(element, simple));
        }
        ContractType.Complex type = (ContractType.Complex) element.type();
        if (type.isEmpty()) {
            return new AnswerPart.Presence(name, member);
        }
        if (member.shape() instanceof StructShape struct) {
            return new AnswerPart.Structure(name, member, soapParts(struct, type), element.required());
        }
        ContractElement item = type.item().orElseThrow();
        return new AnswerPart.Items(
                name,
                member,
                item.name(),
                soapItem((ListShape) member.shape(), (ContractType.Complex) item.type()),
                element.required());
    }

    private static AnswerPart.Item soapItem(ListShape list, ContractType.Complex type) {
        if (list.item() instanceof ScalarShape scalar) {
            return new AnswerPart.Item.Wrapped(type.elements().get(0).name(), scalar.kind());
        }
        return new AnswerPart.Item.Structure(soapParts((StructShape) list.item(), type));
    }

    /** A required string may be empty, as EC2's own are (the names of pending instances); nothing else is invented. */
    private static String whenMissing(ContractElement element, ContractType.Simple type) {
        if (element.name().equals(RETURN.name())) {
            return RETURN.text();
        }
        return element.required() && type.name().equals("string") ? "" : null;
    }
}
