package xenith.gateway.ec2.codec;

import java.util.List;

/** One element of an answer, ready to be written. */
sealed interface AnswerPart {

    /** A text; {@code whenMissing} stands where the member is not set, and null leaves the element out. */
    record Text(String name, MemberShape member, ScalarKind kind, String whenMissing) implements AnswerPart {}

    /** Elements within an element, which stands even where the member is not set if it is required. */
    record Structure(String name, MemberShape member, List<AnswerPart> parts, boolean required) implements AnswerPart {}

    /** A set, which stands even where it is empty if it is required. */
    record Items(String name, MemberShape member, String itemName, Item item, boolean required) implements AnswerPart {}

    /** An element that the model lacks and that always says the same. */
    record Constant(String name, String text) implements AnswerPart {}

    /** An element whose presence says all, where the model has a string. */
    record Presence(String name, MemberShape member) implements AnswerPart {}

    /** What stands in each item of a set. */
    sealed interface Item {

        record Value(ScalarKind kind) implements Item {}

        record Structure(List<AnswerPart> parts) implements Item {}

        /** A scalar of the model that the contract wraps once more, as in {@code item/groupId}. */
        record Wrapped(String name, ScalarKind kind) implements Item {}
    }
}
