package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import xenith.engine.model.AccountId;
import xenith.engine.tables.ImageShares;

/** An attribute of an image: what EC2 calls it, and how it is described. */
enum ImageAttribute {
    DESCRIPTION("description"),
    KERNEL("kernel"),
    RAMDISK("ramdisk"),
    LAUNCH_PERMISSION("launchPermission"),
    PRODUCT_CODES("productCodes"),
    BLOCK_DEVICE_MAPPING("blockDeviceMapping"),
    SRIOV_NET_SUPPORT("sriovNetSupport"),
    BOOT_MODE("bootMode"),
    TPM_SUPPORT("tpmSupport"),
    UEFI_DATA("uefiData"),
    LAST_LAUNCHED_TIME("lastLaunchedTime"),
    IMDS_SUPPORT("imdsSupport"),
    DEREGISTRATION_PROTECTION("deregistrationProtection");

    static final String EVERYBODY = "all";

    private final String wireName;

    ImageAttribute(String wireName) {
        this.wireName = wireName;
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error MissingParameter, InvalidParameterValue */
    static ImageAttribute named(String name) {
        if (name == null || name.isEmpty()) {
            throw Refusals.missing("Attribute");
        }
        return Stream.of(values())
                .filter(attribute -> attribute.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.invalidValue("Attribute", name, "Images have no such attribute"));
    }

    String wireName() {
        return wireName;
    }

    DescribeImageAttributeResponse describedOf(ImageView view) {
        DescribeImageAttributeResponse.Builder answer =
                DescribeImageAttributeResponse.builder().imageId(view.id());
        DescribeImageAttributeResponse.Builder described =
                switch (this) {
                    case DESCRIPTION ->
                        answer.description(text(Optional.of(view.image().description())));
                    case KERNEL -> answer.kernelId(text(view.kernelId()));
                    case RAMDISK -> answer.ramdiskId(text(view.ramdiskId()));
                    case LAUNCH_PERMISSION -> answer.launchPermissions(permissions(view));
                    case PRODUCT_CODES -> answer.productCodes(List.of());
                    case BLOCK_DEVICE_MAPPING -> answer.blockDeviceMappings(List.of());
                    case DEREGISTRATION_PROTECTION -> answer.deregistrationProtection(text(Optional.of("disabled")));
                    // Nothing of these is ever set.
                    case SRIOV_NET_SUPPORT -> answer.sriovNetSupport(text(Optional.empty()));
                    case BOOT_MODE -> answer.bootMode(text(Optional.empty()));
                    case TPM_SUPPORT -> answer.tpmSupport(text(Optional.empty()));
                    case UEFI_DATA -> answer.uefiData(text(Optional.empty()));
                    case LAST_LAUNCHED_TIME -> answer.lastLaunchedTime(text(Optional.empty()));
                    case IMDS_SUPPORT -> answer.imdsSupport(text(Optional.empty()));
                };
        return described.build();
    }

    private static List<LaunchPermission> permissions(ImageView view) {
        Stream<LaunchPermission> everybody = view.image().shared()
                ? Stream.of(LaunchPermission.builder().group(EVERYBODY).build())
                : Stream.empty();
        Stream<LaunchPermission> accounts = ImageShares.of(
                        view.state(), view.image().id())
                .map(AccountId::value)
                .sorted()
                .map(account -> LaunchPermission.builder().userId(account).build());
        return Stream.concat(everybody, accounts).toList();
    }

    private static AttributeValue text(Optional<String> value) {
        return AttributeValue.builder().value(value.orElse(null)).build();
    }
}
