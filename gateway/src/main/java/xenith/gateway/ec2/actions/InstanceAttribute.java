package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.EnclaveOptions;

/** An attribute of an instance: what EC2 calls it, and how it is described. */
enum InstanceAttribute {
    INSTANCE_TYPE("instanceType"),
    KERNEL("kernel"),
    RAMDISK("ramdisk"),
    USER_DATA("userData"),
    DISABLE_API_TERMINATION("disableApiTermination"),
    SHUTDOWN_BEHAVIOR("instanceInitiatedShutdownBehavior"),
    ROOT_DEVICE_NAME("rootDeviceName"),
    BLOCK_DEVICE_MAPPING("blockDeviceMapping"),
    PRODUCT_CODES("productCodes"),
    SOURCE_DEST_CHECK("sourceDestCheck"),
    GROUP_SET("groupSet"),
    EBS_OPTIMIZED("ebsOptimized"),
    SRIOV_NET_SUPPORT("sriovNetSupport"),
    ENA_SUPPORT("enaSupport"),
    ENCLAVE_OPTIONS("enclaveOptions"),
    DISABLE_API_STOP("disableApiStop");

    private final String wireName;

    InstanceAttribute(String wireName) {
        this.wireName = wireName;
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error MissingParameter, InvalidParameterValue */
    static InstanceAttribute named(String name) {
        if (name == null || name.isEmpty()) {
            throw Refusals.missing("Attribute");
        }
        return Stream.of(values())
                .filter(attribute -> attribute.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.invalidValue("Attribute", name, "Instances have no such attribute"));
    }

    String wireName() {
        return wireName;
    }

    DescribeInstanceAttributeResponse describedOf(InstanceView view) {
        DescribeInstanceAttributeResponse.Builder answer =
                DescribeInstanceAttributeResponse.builder().instanceId(view.id());
        DescribeInstanceAttributeResponse.Builder described =
                switch (this) {
                    case INSTANCE_TYPE ->
                        answer.instanceType(text(view.vm().spec().typeName()));
                    case KERNEL -> answer.kernelId(text(view.kernelId()));
                    case RAMDISK -> answer.ramdiskId(text(view.ramdiskId()));
                    case USER_DATA -> answer.userData(text(userData(view)));
                    case DISABLE_API_TERMINATION -> answer.disableApiTermination(flag(view.isProtected()));
                    case SHUTDOWN_BEHAVIOR ->
                        answer.instanceInitiatedShutdownBehavior(
                                text(view.vm().spec().endOnShutdown() ? "terminate" : "stop"));
                    case ROOT_DEVICE_NAME -> answer.rootDeviceName(text(view.rootDeviceName()));
                    // The root device has no volume's id, and there is no other.
                    case BLOCK_DEVICE_MAPPING -> answer.blockDeviceMappings(List.of());
                    case PRODUCT_CODES -> answer.productCodes(List.of());
                    // An attribute of cards in private networks, which there are none of.
                    case SOURCE_DEST_CHECK ->
                        answer.sourceDestCheck(AttributeBooleanValue.builder().build());
                    case GROUP_SET -> answer.groups(view.group().described());
                    case EBS_OPTIMIZED -> answer.ebsOptimized(flag(false));
                    case SRIOV_NET_SUPPORT -> answer.sriovNetSupport(text(Optional.empty()));
                    case ENA_SUPPORT -> answer.enaSupport(flag(false));
                    case ENCLAVE_OPTIONS ->
                        answer.enclaveOptions(
                                EnclaveOptions.builder().enabled(false).build());
                    case DISABLE_API_STOP -> answer.disableApiStop(flag(false));
                };
        return described.build();
    }

    private static Optional<String> userData(InstanceView view) {
        return Optional.of(view.vm().spec().context().userDataBase64()).filter(data -> !data.isEmpty());
    }

    private static AttributeValue text(String value) {
        return AttributeValue.builder().value(value).build();
    }

    private static AttributeValue text(Optional<String> value) {
        return AttributeValue.builder().value(value.orElse(null)).build();
    }

    private static AttributeBooleanValue flag(boolean value) {
        return AttributeBooleanValue.builder().value(value).build();
    }
}
