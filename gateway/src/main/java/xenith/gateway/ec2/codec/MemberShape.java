package xenith.gateway.ec2.codec;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/**
 * One member of a structure.
 *
 * @param queryName its name in a Query request, such as {@code InstanceId} for a list of ids
 * @param xmlName its element in an answer
 * @param hasDefault whether the model invents a value where none is set (client tokens)
 */
record MemberShape(String queryName, String xmlName, SdkField<?> field, boolean hasDefault, Shape shape) {

    MemberShape(SdkField<?> field, Shape shape) {
        this(
                field.locationName(),
                field.unmarshallLocationName(),
                field,
                field.containsTrait(DefaultValueTrait.class),
                shape);
    }

    /** The member's value, or null where it is not set. */
    Object valueIn(SdkPojo structure) {
        if (hasDefault && structure instanceof SdkRequest request) {
            return request.getValueForField(field.memberName(), Object.class).orElse(null);
        }
        Object value = field.getValueOrDefault(structure);
        return value instanceof SdkAutoConstructList ? null : value;
    }
}
