package xenith.gateway.ec2.actions;

import xenith.engine.model.Caller;
import xenith.engine.model.User;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Users;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** The token service's one action. Its model is not EC2's, so it has no row in the {@link ActionTable}. */
public final class StsActions {
    /**
     * Who a caller is, in AWS's terms.
     *
     * @param arn as {@code arn:aws:iam::123456789012:user/ann}
     * @param userId the engine's number of the user
     * @param account 12 digits
     */
    public record CallerIdentity(String arn, String userId, String account) {}

    /** @throws Ec2Error InvalidClientTokenId when the user is gone */
    public CallerIdentity getCallerIdentity(Snapshot state, Caller caller) {
        User user = state.find(Users.TABLE, caller.user())
                .orElseThrow(() -> new Ec2Error(
                        Ec2ErrorCode.INVALID_CLIENT_TOKEN_ID, "The user of these credentials does not exist"));
        String account = caller.account().value();
        return new CallerIdentity(
                "arn:aws:iam::" + account + ":user/" + user.name(), user.id().toString(), account);
    }
}
