package xenith.gateway.ec2.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where each element of a SOAP request belongs in the model, worked out once per action from contract and model.
 *
 * <p>General rules, in this order: the model's element name; its Query name; the Query name without {@code Set}; an
 * empty element chooses a value of {@code Attribute}; the children of a set's items are lists of their own
 * ({@code instancesSet/item/instanceId} is {@code InstanceId.1}). What no rule finds the model lacks.
 */
record SoapNames(Optional<StructShape> shape, Map<String, SoapTarget> targets) {
    private static final String SET = "Set";
    private static final String ATTRIBUTE = "Attribute";

    /** Elements that the rules miss, with the model's Query names; the first that a structure has counts. */
    private static final Map<String, List<String>> EXCEPTIONS = Map.of(
            "icmpTypeCode", List.of("Icmp"),
            "groupId", List.of("SecurityGroupId"),
            "groupName", List.of("SecurityGroup"));

    SoapNames {
        targets = Map.copyOf(targets);
    }

    static SoapNames of(ContractType.Complex type, StructShape shape) {
        Map<String, SoapTarget> targets = new HashMap<>();
        type.elements().forEach(element -> targets.put(element.name(), target(element, shape)));
        return new SoapNames(Optional.of(shape), targets);
    }

    private static SoapTarget target(ContractElement element, StructShape shape) {
        return candidates(element.name(), shape)
                .flatMap(member -> memberTarget(element.type(), member).stream())
                .findFirst()
                .or(() -> attributeChoice(element, shape))
                .or(() -> spread(element, shape))
                .orElseGet(SoapTarget.Lacking::new);
    }

    private static Optional<SoapTarget> memberTarget(ContractType type, MemberShape member) {
        boolean isText = member.shape() instanceof ScalarShape;
        if (type instanceof ContractType.Simple) {
            return when(isText, new SoapTarget.Text(member));
        }
        ContractType.Complex complex = (ContractType.Complex) type;
        if (complex.mixed()) {
            return Optional.of(new SoapTarget.UserData(userDataMember(member)));
        }
        if (complex.isEmpty()) {
            return when(isText, new SoapTarget.Text(member));
        }
        if (member.shape() instanceof ListShape list) {
            return complex.item().flatMap(item -> items((ContractType.Complex) item.type(), list, member));
        }
        if (member.shape() instanceof StructShape struct) {
            return Optional.of(new SoapTarget.Structure(member, of(complex, struct)));
        }
        return when(complex.elements().size() == 1, new SoapTarget.Structure(member, wrapped(complex, member)));
    }

    /** A text of the model that the contract wraps in an element of its own; the inner names lead to the same member. */
    private static SoapNames wrapped(ContractType.Complex complex, MemberShape member) {
        String inner = complex.elements().get(0).name();
        return new SoapNames(Optional.empty(), Map.of(inner, new SoapTarget.Content(member)));
    }

    private static Optional<SoapTarget> items(ContractType.Complex item, ListShape list, MemberShape member) {
        if (list.item() instanceof StructShape struct) {
            return Optional.of(new SoapTarget.Items(member, of(item, struct)));
        }
        return when(item.elements().size() == 1, new SoapTarget.Items(member, wrapped(item, member)));
    }

    private static List<MemberShape> userDataMember(MemberShape member) {
        return member.shape() instanceof StructShape struct
                ? List.of(member, struct.byQueryName("Data"))
                : List.of(member);
    }

    private static Optional<SoapTarget> attributeChoice(ContractElement element, StructShape shape) {
        boolean isEmpty = element.type() instanceof ContractType.Complex complex && complex.isEmpty();
        return Optional.ofNullable(shape.byQueryName(ATTRIBUTE))
                .filter(member -> isEmpty)
                .map(member -> new SoapTarget.Choice(member, element.name()));
    }

    private static Optional<SoapTarget> spread(ContractElement element, StructShape shape) {
        if (!(element.type() instanceof ContractType.Complex set) || set.item().isEmpty()) {
            return Optional.empty();
        }
        Map<String, MemberShape> lists = new HashMap<>();
        for (ContractElement child : ((ContractType.Complex) set.item().get().type()).elements()) {
            candidates(child.name(), shape).findFirst().ifPresent(member -> lists.put(child.name(), member));
        }
        return when(!lists.isEmpty(), new SoapTarget.Spread(lists));
    }

    private static Stream<MemberShape> candidates(String element, StructShape shape) {
        String queryName = element.substring(0, 1).toUpperCase(Locale.ROOT) + element.substring(1);
        Stream<String> queryNames = Stream.concat(
                Stream.of(queryName, queryName.endsWith(SET) ? queryName.substring(0, queryName.length() - 3) : ""),
                EXCEPTIONS.getOrDefault(element, List.of()).stream());
        return Stream.concat(Stream.of(element).map(shape::byElement), queryNames.map(shape::byQueryName))
                .filter(Predicate.not(Objects::isNull));
    }

    private static Optional<SoapTarget> when(boolean fits, SoapTarget target) {
        return fits ? Optional.of(target) : Optional.empty();
    }
}
