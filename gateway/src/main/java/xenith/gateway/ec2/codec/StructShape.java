package xenith.gateway.ec2.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A structure of the model: its members in the model's order, and a way to build one.
 *
 * <p>Immutable, so that all threads share it.
 */
final class StructShape implements Shape {
    private final List<MemberShape> members;
    private final Map<String, MemberShape> byQueryName;
    private final Map<String, MemberShape> byXmlName;
    private final Supplier<SdkPojo> newBuilder;

    StructShape(List<MemberShape> members, Supplier<SdkPojo> newBuilder) {
        this.members = List.copyOf(members);
        this.byQueryName = indexed(members, MemberShape::queryName);
        this.byXmlName = indexed(members, MemberShape::xmlName);
        this.newBuilder = newBuilder;
    }

    List<MemberShape> members() {
        return members;
    }

    /** The member of that name in Query requests, or null. */
    MemberShape byQueryName(String name) {
        return byQueryName.get(name);
    }

    /** The member of that element in answers, or null. */
    MemberShape byXmlName(String name) {
        return byXmlName.get(name);
    }

    /** The member for an element of the contract, which now and then writes it in other case; or null. */
    MemberShape byElement(String name) {
        MemberShape exact = byXmlName.get(name);
        return exact != null
                ? exact
                : members.stream()
                        .filter(member -> member.xmlName().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }

    /** A fresh builder, to be filled through the members' fields. */
    SdkPojo newBuilder() {
        return newBuilder.get();
    }

    private static Map<String, MemberShape> indexed(List<MemberShape> members, Function<MemberShape, String> name) {
        Map<String, MemberShape> index = new HashMap<>();
        members.forEach(member -> index.putIfAbsent(name.apply(member), member));
        return Map.copyOf(index);
    }
}
