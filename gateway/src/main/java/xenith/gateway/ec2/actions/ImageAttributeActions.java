package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeResponse;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.service.ImageSettings;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.ImageShares;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** Images' attributes: their owners', one at a time. */
final class ImageAttributeActions {
    private final ImageSettings settings = new ImageSettings();

    DescribeImageAttributeResponse describeImageAttribute(Ec2Call call, DescribeImageAttributeRequest request) {
        ImageAttribute attribute = ImageAttribute.named(request.attributeAsString());
        return attribute.describedOf(
                ImageView.requireOwn(call.state(), call.caller().account(), request.imageId()));
    }

    ModifyImageAttributeResponse modifyImageAttribute(Ec2Call call, ModifyImageAttributeRequest request) {
        List<LaunchPermissionChange> permissions = LaunchPermissionChange.of(request);
        Optional<String> description = description(request);
        ImageAttribute attribute = only(request, permissions, description);
        call.write(tx -> {
            ImageView view = ImageView.requireOwn(tx.state(), call.caller().account(), request.imageId());
            return switch (attribute) {
                case LAUNCH_PERMISSION -> permitted(tx, call.caller(), view, permissions);
                case DESCRIPTION ->
                    settings.describe(tx, call.caller(), view.image().id(), description.orElseThrow());
                case PRODUCT_CODES ->
                    throw new Ec2Error(
                            Ec2ErrorCode.INVALID_PRODUCT_INFO,
                            "The product code '%s' does not exist"
                                    .formatted(Refusals.shown(
                                            request.productCodes().get(0))));
                case KERNEL,
                        RAMDISK,
                        BLOCK_DEVICE_MAPPING,
                        SRIOV_NET_SUPPORT,
                        BOOT_MODE,
                        TPM_SUPPORT,
                        UEFI_DATA,
                        LAST_LAUNCHED_TIME,
                        IMDS_SUPPORT,
                        DEREGISTRATION_PROTECTION ->
                    throw Refusals.unsupported("The attribute " + attribute.wireName() + " cannot be modified");
            };
        });
        return ModifyImageAttributeResponse.builder().build();
    }

    /** An image is its owner's alone again. */
    ResetImageAttributeResponse resetImageAttribute(Ec2Call call, ResetImageAttributeRequest request) {
        ImageAttribute attribute = ImageAttribute.named(request.attributeAsString());
        if (attribute != ImageAttribute.LAUNCH_PERMISSION) {
            throw Refusals.invalidValue("Attribute", attribute.wireName(), "Only launchPermission can be reset");
        }
        call.write(tx -> {
            ImageView view = ImageView.requireOwn(tx.state(), call.caller().account(), request.imageId());
            ImageId id = view.image().id();
            ImageShares.of(tx.state(), id)
                    .toList()
                    .forEach(account -> settings.unshare(tx, call.caller(), id, account));
            return settings.shareWithEverybody(tx, call.caller(), id, false);
        });
        return ResetImageAttributeResponse.builder().build();
    }

    /** The one attribute that the request changes. */
    private static ImageAttribute only(
            ModifyImageAttributeRequest request,
            List<LaunchPermissionChange> permissions,
            Optional<String> description) {
        List<ImageAttribute> changed = Stream.of(
                        permissions.isEmpty()
                                ? Optional.<ImageAttribute>empty()
                                : Optional.of(ImageAttribute.LAUNCH_PERMISSION),
                        description.map(text -> ImageAttribute.DESCRIPTION),
                        request.productCodes().isEmpty()
                                ? Optional.<ImageAttribute>empty()
                                : Optional.of(ImageAttribute.PRODUCT_CODES))
                .flatMap(Optional::stream)
                .toList();
        if (changed.size() > 1) {
            throw Refusals.combination("Fields for multiple attribute types specified: "
                    + changed.get(0).wireName() + ", " + changed.get(1).wireName());
        }
        Optional<ImageAttribute> named =
                Optional.ofNullable(request.attribute()).map(ImageAttribute::named);
        if (changed.isEmpty()) {
            throw named.map(ImageAttributeActions::withoutValue)
                    .orElseGet(() -> Refusals.combination("No attributes specified"));
        }
        if (named.isPresent() && named.get() != changed.get(0)) {
            throw Refusals.combination("The parameter Attribute is %s, and the request sets %s"
                    .formatted(named.get().wireName(), changed.get(0).wireName()));
        }
        return changed.get(0);
    }

    private static Ec2Error withoutValue(ImageAttribute named) {
        boolean isChangeable = named == ImageAttribute.LAUNCH_PERMISSION || named == ImageAttribute.PRODUCT_CODES;
        return isChangeable
                ? Refusals.missing(named.wireName())
                : Refusals.unsupported("The attribute " + named.wireName() + " cannot be modified");
    }

    private static Optional<String> description(ModifyImageAttributeRequest request) {
        boolean named = ImageAttribute.DESCRIPTION.wireName().equals(request.attribute());
        if (request.description() == null && !named) {
            if (request.value() != null) {
                throw Refusals.combination("The parameter Value needs the Attribute description");
            }
            return Optional.empty();
        }
        String text = request.description() == null
                ? request.value()
                : request.description().value();
        if (text == null) {
            throw Refusals.missing("Description.Value");
        }
        return Optional.of(RegisterImageAction.description(text));
    }

    private Image permitted(Transaction tx, Caller caller, ImageView view, List<LaunchPermissionChange> permissions) {
        ImageId id = view.image().id();
        for (LaunchPermissionChange permission : permissions) {
            if (permission.account().isEmpty()) {
                settings.shareWithEverybody(tx, caller, id, permission.add());
            } else if (permission.add()) {
                settings.share(tx, caller, id, known(tx, permission.account().get()));
            } else {
                settings.unshare(tx, caller, id, permission.account().get());
            }
        }
        return view.image();
    }

    private static AccountId known(Transaction tx, AccountId account) {
        if (tx.find(Accounts.TABLE, account).isEmpty()) {
            throw LaunchPermissionChange.invalidItem(account.value(), "userId");
        }
        return account;
    }
}
