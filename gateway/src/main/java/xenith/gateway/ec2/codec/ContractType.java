package xenith.gateway.ec2.codec;

import java.util.List;
import java.util.Optional;

/** A type of the SOAP contract: a simple one, or child elements in their order. */
sealed interface ContractType {

    /** A type of XML Schema itself, by its name there, such as {@code dateTime}. */
    record Simple(String name) implements ContractType {}

    /** A type of the contract; mixed when text may stand between the children, as in user data. */
    record Complex(String name, boolean mixed, List<ContractElement> elements) implements ContractType {
        public Complex {
            elements = List.copyOf(elements);
        }

        /** The item's element where this type is a list, as in {@code instancesSet/item}. */
        Optional<ContractElement> item() {
            return elements.size() == 1 && elements.get(0).repeated() ? Optional.of(elements.get(0)) : Optional.empty();
        }

        /** Whether presence is all that such an element says. */
        boolean isEmpty() {
            return elements.isEmpty() && !mixed;
        }
    }
}
