package xenith.gateway.ec2.actions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import xenith.engine.model.AccountId;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** The one security group that every account has, and that every instance is in. Others cannot be made yet. */
record DefaultGroup(String id) {
    static final String NAME = "default";

    /** The id is drawn from the account's number, so that it is the same for ever without being stored. */
    static DefaultGroup of(AccountId account) {
        String digits = UUID.nameUUIDFromBytes(("default group of " + account).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new DefaultGroup("sg-" + digits.substring(0, 8));
    }

    GroupIdentifier described() {
        return GroupIdentifier.builder().groupId(id).groupName(NAME).build();
    }

    /** @throws Ec2Error InvalidGroup.NotFound when any other group is asked for */
    void requireOnly(List<String> names, List<String> ids) {
        names.stream().filter(name -> !name.equals(NAME)).findFirst().ifPresent(DefaultGroup::refuse);
        ids.stream().filter(other -> !other.equals(id)).findFirst().ifPresent(DefaultGroup::refuse);
    }

    private static void refuse(String group) {
        throw new Ec2Error(
                Ec2ErrorCode.INVALID_GROUP_NOT_FOUND,
                "The security group '%s' does not exist".formatted(Refusals.shown(group)));
    }
}
