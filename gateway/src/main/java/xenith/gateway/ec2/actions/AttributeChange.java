package xenith.gateway.ec2.actions;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.SecureBlobAttributeValue;

/**
 * The one attribute that a request changes, in whichever of EC2's two ways it says so: by a member of the attribute's
 * own, or by its name and a value.
 *
 * @param value as text; empty for attributes that are lists
 */
record AttributeChange(InstanceAttribute attribute, String value) {
    /** @throws xenith.gateway.ec2.codec.Ec2Error MissingParameter, InvalidParameterCombination, InvalidParameterValue */
    static AttributeChange of(ModifyInstanceAttributeRequest request) {
        List<AttributeChange> changes = new ArrayList<>();
        add(changes, InstanceAttribute.INSTANCE_TYPE, request.instanceType(), AttributeValue::value);
        add(changes, InstanceAttribute.KERNEL, request.kernel(), AttributeValue::value);
        add(changes, InstanceAttribute.RAMDISK, request.ramdisk(), AttributeValue::value);
        add(changes, InstanceAttribute.USER_DATA, request.userData(), AttributeChange::base64);
        add(changes, InstanceAttribute.DISABLE_API_TERMINATION, request.disableApiTermination(), AttributeChange::text);
        add(
                changes,
                InstanceAttribute.SHUTDOWN_BEHAVIOR,
                request.instanceInitiatedShutdownBehavior(),
                AttributeValue::value);
        add(changes, InstanceAttribute.SOURCE_DEST_CHECK, request.sourceDestCheck(), AttributeChange::text);
        add(changes, InstanceAttribute.EBS_OPTIMIZED, request.ebsOptimized(), AttributeChange::text);
        add(changes, InstanceAttribute.SRIOV_NET_SUPPORT, request.sriovNetSupport(), AttributeValue::value);
        add(changes, InstanceAttribute.ENA_SUPPORT, request.enaSupport(), AttributeChange::text);
        add(changes, InstanceAttribute.DISABLE_API_STOP, request.disableApiStop(), AttributeChange::text);
        if (!request.groups().isEmpty()) {
            changes.add(new AttributeChange(InstanceAttribute.GROUP_SET, ""));
        }
        if (!request.blockDeviceMappings().isEmpty()) {
            changes.add(new AttributeChange(InstanceAttribute.BLOCK_DEVICE_MAPPING, ""));
        }
        addNamed(changes, request);
        if (changes.isEmpty()) {
            throw Refusals.combination("No attributes specified");
        }
        if (changes.size() > 1) {
            throw Refusals.combination("Fields for multiple attribute types specified: "
                    + changes.get(0).attribute.wireName() + ", "
                    + changes.get(1).attribute.wireName());
        }
        return changes.get(0);
    }

    private static void addNamed(List<AttributeChange> changes, ModifyInstanceAttributeRequest request) {
        if (request.attributeAsString() == null) {
            if (request.value() != null) {
                throw Refusals.missing("Attribute");
            }
            return;
        }
        InstanceAttribute named = InstanceAttribute.named(request.attributeAsString());
        // Some clients name the attribute and set its own member as well.
        boolean isThere = changes.stream().anyMatch(change -> change.attribute == named);
        if (!isThere) {
            if (request.value() == null) {
                throw Refusals.missing("Value");
            }
            changes.add(new AttributeChange(named, request.value()));
        }
    }

    private static <T> void add(
            List<AttributeChange> changes, InstanceAttribute attribute, T member, Function<T, String> value) {
        if (member != null) {
            String text = value.apply(member);
            if (text == null) {
                throw Refusals.missing(attribute.wireName() + ".Value");
            }
            changes.add(new AttributeChange(attribute, text));
        }
    }

    private static String text(AttributeBooleanValue value) {
        return value.value() == null ? null : value.value().toString();
    }

    private static String base64(SecureBlobAttributeValue value) {
        SdkBytes bytes = value.value();
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error InvalidParameterValue */
    boolean flag() {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusals.invalidValue(attribute.wireName(), value, "Expecting true or false");
        };
    }
}
