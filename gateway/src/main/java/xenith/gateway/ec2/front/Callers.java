package xenith.gateway.ec2.front;

import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Users;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** From whom a verified request comes, as the engine knows them. */
final class Callers {
    private Callers() {}

    /** @throws RuntimeException AuthFailure when the user is gone or disabled */
    static Caller of(Snapshot state, Identity identity) {
        User user = state.find(Users.TABLE, new UserId(Long.parseLong(identity.userId())))
                .filter(found -> found.account().equals(new AccountId(identity.accountId())))
                .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_ACCESS_KEY, "Its user is gone."));
        if (!user.enabled()) {
            throw new Ec2Error(Ec2ErrorCode.AUTH_FAILURE, "The user " + user.name() + " is disabled.");
        }
        return new Caller(user.account(), user.id(), user.role());
    }
}
