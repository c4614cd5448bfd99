package xenith.gateway.ec2.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import xenith.engine.model.AccountId;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/**
 * Who is to be let use an image, or no longer.
 *
 * @param account empty for everybody
 */
record LaunchPermissionChange(boolean add, Optional<AccountId> account) {
    static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /**
     * What the request asks for, in whichever of EC2's two ways it says so; empty when it is about something else.
     *
     * @throws Ec2Error MissingParameter, InvalidParameterValue, InvalidAMIAttributeItemValue
     */
    static List<LaunchPermissionChange> of(ModifyImageAttributeRequest request) {
        List<LaunchPermissionChange> changes = new ArrayList<>();
        if (request.launchPermission() != null) {
            request.launchPermission().add().forEach(permission -> changes.add(change(true, permission)));
            request.launchPermission().remove().forEach(permission -> changes.add(change(false, permission)));
        }
        if (!request.userIds().isEmpty() || !request.userGroups().isEmpty()) {
            boolean add = isAddition(request.operationTypeAsString());
            request.userIds().forEach(user -> changes.add(new LaunchPermissionChange(add, Optional.of(account(user)))));
            request.userGroups().forEach(group -> changes.add(ofGroup(add, group)));
        }
        return changes;
    }

    private static LaunchPermissionChange change(boolean add, LaunchPermission permission) {
        if (permission.userId() != null && permission.group() != null) {
            throw Refusals.combination("A launch permission is of a user or of a group");
        }
        if (permission.userId() != null) {
            return new LaunchPermissionChange(add, Optional.of(account(permission.userId())));
        }
        if (permission.group() == null) {
            throw Refusals.missing("LaunchPermission.UserId");
        }
        return ofGroup(add, permission.groupAsString());
    }

    private static LaunchPermissionChange ofGroup(boolean add, String group) {
        if (!group.equals(ImageAttribute.EVERYBODY)) {
            throw invalidItem(group, "group");
        }
        return new LaunchPermissionChange(add, Optional.empty());
    }

    private static boolean isAddition(String operation) {
        if (operation == null) {
            throw Refusals.missing("OperationType");
        }
        return switch (operation) {
            case "add" -> true;
            case "remove" -> false;
            default -> throw Refusals.invalidValue("OperationType", operation, "Expecting add or remove");
        };
    }

    private static AccountId account(String text) {
        if (!ACCOUNT.matcher(text).matches()) {
            throw invalidItem(text, "userId");
        }
        return new AccountId(text);
    }

    static Ec2Error invalidItem(String value, String kind) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_AMI_ATTRIBUTE_ITEM_VALUE,
                "Invalid attribute item value \"%s\" for %s item type".formatted(Refusals.shown(value), kind));
    }
}
