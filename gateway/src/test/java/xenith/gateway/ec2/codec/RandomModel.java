package xenith.gateway.ec2.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Fills model objects with random values, each from one seed. Lists are short and get shorter with depth, since the
 * largest types would fill megabytes.
 */
final class RandomModel {
    /** What answers and requests may hold: markup, other planes, line ends, and blanks at either side. */
    private static final List<String> TEXTS = List.of(
            "i-12ab34cd",
            "a<b>&\"'c",
            "grüße",
            "\uD83D\uDE80 ready",
            "two\nlines",
            "cr\r\nlf",
            "tab\tbed",
            " padded ",
            "]]>",
            "true",
            "0",
            "plus+percent%20&=");

    private final Random random;
    private final Density density;

    enum Density {
        /** Members come and go; texts are of every kind. */
        SPARSE,
        /** Every member is set and no list is empty; texts are digits, which fit wherever the contract has an integer. */
        FULL
    }

    RandomModel(long seed, Density density) {
        this.random = new Random(seed);
        this.density = density;
    }

    /** A request or a structure within one. Empty ones and empty lists do not exist in Query. */
    SdkPojo request(StructShape shape) {
        return structure(shape, 0);
    }

    /** An answer whose sets are there wherever the plan writes them anyway. */
    SdkPojo answer(StructShape shape, List<AnswerPart> parts) {
        return answer(shape, parts, 0);
    }

    private SdkPojo structure(StructShape shape, int depth) {
        SdkPojo builder = shape.newBuilder();
        List<MemberShape> members = shape.members();
        int always = members.isEmpty() ? 0 : random.nextInt(members.size());
        for (int i = 0; i < members.size(); i++) {
            MemberShape member = members.get(i);
            if (i == always || member.hasDefault() || isSet()) {
                member.field().set(builder, value(member.shape(), depth + 1));
            }
        }
        return ShapeTables.built(builder);
    }

    private Object value(Shape shape, int depth) {
        if (shape instanceof ScalarShape scalar) {
            return scalar(scalar.kind());
        }
        if (shape instanceof StructShape struct) {
            return structure(struct, depth);
        }
        Shape item = ((ListShape) shape).item();
        return Stream.generate(() -> value(item, depth + 1))
                .limit(length(depth))
                .toList();
    }

    private SdkPojo answer(StructShape shape, List<AnswerPart> parts, int depth) {
        SdkPojo builder = shape.newBuilder();
        for (AnswerPart part : parts) {
            if (part instanceof AnswerPart.Text text && (isSet() || text.whenMissing() != null)) {
                set(text.member(), builder, scalar(text.kind()));
            } else if (part instanceof AnswerPart.Structure inner && isSet()) {
                set(inner.member(), builder, answer((StructShape) inner.member().shape(), inner.parts(), depth + 1));
            } else if (part instanceof AnswerPart.Presence presence && isSet()) {
                set(presence.member(), builder, "");
            } else if (part instanceof AnswerPart.Items items && (items.required() || isSet())) {
                set(items.member(), builder, items(items, depth + 1));
            }
        }
        return ShapeTables.built(builder);
    }

    private List<Object> items(AnswerPart.Items items, int depth) {
        boolean empty = density == Density.SPARSE && random.nextInt(8) == 0;
        List<Object> values = new ArrayList<>();
        for (int i = empty ? 0 : length(depth); i > 0; i--) {
            values.add(item(items, depth));
        }
        return values;
    }

    private Object item(AnswerPart.Items items, int depth) {
        Shape shape = ((ListShape) items.member().shape()).item();
        return items.item() instanceof AnswerPart.Item.Structure inner
                ? answer((StructShape) shape, inner.parts(), depth)
                : scalar(((ScalarShape) shape).kind());
    }

    private static void set(MemberShape member, SdkPojo builder, Object value) {
        member.field().set(builder, value);
    }

    private boolean isSet() {
        return density == Density.FULL || random.nextInt(10) < 7;
    }

    private int length(int depth) {
        return depth > 2 ? 1 : 1 + random.nextInt(2);
    }

    private Object scalar(ScalarKind kind) {
        return switch (kind) {
            case STRING ->
                density == Density.FULL
                        ? Integer.toString(random.nextInt(65_536))
                        : TEXTS.get(random.nextInt(TEXTS.size()));
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat() * 1e6f;
            case DOUBLE -> random.nextDouble() * 1e12;
            case INSTANT -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            case BYTES -> bytes();
        };
    }

    private SdkBytes bytes() {
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }
}
