package xenith.gateway.ec2.tables;

import java.time.Instant;
import xenith.engine.model.AccountId;
import xenith.engine.model.Checks;

/**
 * What was made under a client's token, so that the same request makes it once.
 *
 * @param digest of the request's other parameters
 * @param reservation what was made
 */
public record ClientToken(AccountId account, String token, String digest, String reservation, Instant expiresAt) {
    public static final int MAX_TOKEN_CHARS = 64;

    public ClientToken {
        Checks.text("client token", token, MAX_TOKEN_CHARS);
    }

    /** What identifies a token: each account has its own. */
    public record Key(AccountId account, String token) {}

    public Key key() {
        return new Key(account, token);
    }
}
