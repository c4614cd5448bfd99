package xenith.gateway.ec2.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A valid SOAP request made from the contract: every element, two items in each set, one of several empty elements. Each
 * text is a number of its own, which fits every type and tells where it went.
 */
final class ContractDocument {
    private static final Instant FIRST_TIME = Instant.parse("2026-01-31T20:32:24.875Z");

    /** Where the contract has a set and the model takes one id. */
    private static final Set<String> TAKING_ONE_ID = Set.of("DescribeReservedInstancesListings");

    private final StringBuilder xml = new StringBuilder();
    private final List<String> texts = new ArrayList<>();
    private final Random random;
    private final boolean takesOneId;
    private final Set<String> leftOut;
    private final ContractType.Complex outermost;
    private final boolean outermostChooses;

    /** @param leftOut elements to leave out, as {@code TypeName/element} */
    ContractDocument(ActionShape shape, ContractOperation operation, long seed, Set<String> leftOut) {
        this.random = new Random(seed);
        this.takesOneId = TAKING_ONE_ID.contains(operation.name());
        this.leftOut = leftOut;
        this.outermost = operation.request();
        this.outermostChooses = shape.request().byQueryName("Attribute") != null;
        xml.append("<").append(operation.name()).append(" xmlns='");
        xml.append(ApiVersion.CONTRACT.namespace()).append("'>");
        children(operation.request());
        xml.append("</").append(operation.name()).append(">");
    }

    /** The Body's child. */
    Element element() {
        return Codec.xml(xml.toString());
    }

    /** What the request must hold, in the codec's own text forms. */
    List<String> texts() {
        return texts;
    }

    private void children(ContractType.Complex type) {
        List<ContractElement> empty = type.elements().stream()
                .filter(element -> element.type() instanceof ContractType.Complex inner && inner.isEmpty())
                .toList();
        ContractElement chosen = empty.isEmpty() ? null : empty.get(random.nextInt(empty.size()));
        for (ContractElement element : type.elements()) {
            boolean isOther = empty.contains(element) && !element.equals(chosen);
            if (!isOther && !leftOut.contains(type.name() + "/" + element.name())) {
                element(element, type);
                if (element.repeated() && !takesOneId) {
                    element(element, type);
                }
            }
        }
    }

    private void element(ContractElement element, ContractType.Complex parent) {
        xml.append("<").append(element.name()).append(">");
        if (element.type() instanceof ContractType.Simple simple) {
            xml.append(text(simple.name()));
        } else if (element.type() instanceof ContractType.Complex complex) {
            if (complex.isEmpty()) {
                texts.add(outermostChooses && parent.equals(outermost) ? element.name() : "");
            }
            children(complex);
        }
        xml.append("</").append(element.name()).append(">");
    }

    private String text(String type) {
        int number = 1_000 + texts.size();
        String text =
                switch (type) {
                    case "boolean" -> Boolean.toString(random.nextBoolean());
                    case "dateTime" -> FIRST_TIME.plusSeconds(number).toString();
                    case "double" -> number + ".0";
                    case "string", "int", "integer", "long" -> Integer.toString(number);
                    default -> throw new IllegalArgumentException(type);
                };
        texts.add(text);
        return text;
    }
}
