package xenith.gateway.ec2.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a request says of one value, before it is typed: a text, members, or items by index. Both readers build a tree of
 * these, and {@link #value} makes the model's object of it. For one thread.
 */
final class RequestNode {
    /** As many as EC2 takes ids in one call; bounds memory. */
    static final int MAX_LIST_ELEMENTS = 1_000;

    private final String path;
    private final Map<MemberShape, RequestNode> members = new LinkedHashMap<>(8);
    private NavigableMap<Integer, RequestNode> items;
    private String text;

    private RequestNode(String path) {
        this.path = path;
    }

    static RequestNode root() {
        return new RequestNode("");
    }

    /** The value's name in Query terms, such as {@code Filter.1.Value.2}. */
    String path() {
        return path;
    }

    RequestNode member(MemberShape member) {
        return members.computeIfAbsent(
                member,
                absent -> new RequestNode(path.isEmpty() ? member.queryName() : path + "." + member.queryName()));
    }

    RequestNode item(int index) {
        if (items == null) {
            items = new TreeMap<>();
        }
        RequestNode item = items.computeIfAbsent(index, absent -> new RequestNode(path + "." + index));
        if (items.size() > MAX_LIST_ELEMENTS) {
            throw Ec2Error.combination(path, "has more than " + MAX_LIST_ELEMENTS + " elements");
        }
        return item;
    }

    RequestNode nextItem() {
        return item(items == null ? 1 : items.lastKey() + 1);
    }

    void text(String given) {
        if (text != null) {
            throw Ec2Error.combination(path, "is given more than once");
        }
        text = given;
    }

    /**
     * The model's object for what was given.
     *
     * @throws Ec2Error naming the parameter whose form is wrong
     */
    Object value(Shape shape) {
        if (shape instanceof ScalarShape scalar) {
            if (text == null) {
                throw Ec2Error.missingParameter(path);
            }
            return scalar.kind().read(path, text);
        }
        if (shape instanceof ListShape list) {
            return listValue(list);
        }
        if (text != null && !text.isBlank()) {
            throw Ec2Error.invalidValue(path, text, "It has members and no value of its own.");
        }
        return structure((StructShape) shape);
    }

    SdkPojo structure(StructShape shape) {
        SdkPojo builder = shape.newBuilder();
        members.forEach((member, node) -> member.field().set(builder, node.value(member.shape())));
        return ShapeTables.built(builder);
    }

    private Object listValue(ListShape list) {
        if (text == null) {
            return itemNodes().map(item -> item.value(list.item())).toList();
        }
        if (items != null) {
            throw Ec2Error.combination(path, "is given both with and without an index");
        }
        // Some clients leave the index of an only element out, and some say an empty list with an empty text.
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of(value(list.item()));
    }

    private Stream<RequestNode> itemNodes() {
        return items == null ? Stream.empty() : items.values().stream();
    }
}
