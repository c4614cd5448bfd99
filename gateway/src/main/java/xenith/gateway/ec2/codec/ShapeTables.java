package xenith.gateway.ec2.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Builds shapes from the model's own description. Structures that several actions share (tags, filters, instances) are
 * built once. Safe for use by many threads.
 */
final class ShapeTables {
    /** What the model calls an item whose list gives it no name of its own. */
    private static final String UNNAMED_ITEM = "member";

    private final Map<Class<?>, StructShape> structures = new ConcurrentHashMap<>();

    StructShape structure(Supplier<SdkPojo> newBuilder) {
        SdkPojo builder = newBuilder.get();
        StructShape known = structures.get(builder.getClass());
        if (known != null) {
            return known;
        }
        // The model has no structure that holds itself, so this ends. Two threads may build the same: one wins.
        List<MemberShape> members = builder.sdkFields().stream()
                .map(field -> new MemberShape(field, shape(field)))
                .toList();
        StructShape built = new StructShape(members, newBuilder);
        StructShape earlier = structures.putIfAbsent(builder.getClass(), built);
        return earlier == null ? built : earlier;
    }

    private Shape shape(SdkField<?> field) {
        return switch (field.marshallingType().getKnownType()) {
            case LIST -> list(field.getTrait(ListTrait.class));
            case SDK_POJO -> structure(field.constructor());
            case STRING,
                    BOOLEAN,
                    INTEGER,
                    LONG,
                    FLOAT,
                    DOUBLE,
                    INSTANT,
                    SDK_BYTES,
                    NULL,
                    SHORT,
                    BYTE,
                    BIG_DECIMAL,
                    MAP,
                    DOCUMENT ->
                new ScalarShape(ScalarKind.of(field.marshallingType().getKnownType()));
        };
    }

    private ListShape list(ListTrait list) {
        String itemName = Optional.ofNullable(list.memberLocationName()).orElse(UNNAMED_ITEM);
        return new ListShape(itemName, shape(list.memberFieldInfo()));
    }

    /** Ends a builder of the model. */
    static SdkPojo built(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }
}
