package xenith.gateway.ec2.codec;

import java.util.List;
import java.util.Map;

/** Where an element of a SOAP request belongs in the model. */
sealed interface SoapTarget {

    record Text(MemberShape member) implements SoapTarget {}

    /** A text that belongs to the node itself, one element deeper than the model has it. */
    record Content(MemberShape member) implements SoapTarget {}

    record Structure(MemberShape member, SoapNames names) implements SoapTarget {}

    /** A set with {@code item} children. */
    record Items(MemberShape member, SoapNames names) implements SoapTarget {}

    /** A set whose items' children are members of the structure around it. */
    record Spread(Map<String, MemberShape> members) implements SoapTarget {}

    /** An empty element that stands for a value of {@code Attribute}. */
    record Choice(MemberShape member, String value) implements SoapTarget {}

    /** Text, or a {@code data} child; the members lead to where it belongs. */
    record UserData(List<MemberShape> members) implements SoapTarget {}

    /** An element that the contract has and the model lacks. */
    record Lacking() implements SoapTarget {}
}
