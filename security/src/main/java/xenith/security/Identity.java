package xenith.security;

import java.util.Objects;

/**
 * Who a verified request comes from.
 *
 * @param accountId the account that owns what the request makes
 * @param userId the user who acts
 * @param credentialId what the user proved the possession of: an access key id or a certificate's fingerprint
 */
public record Identity(String accountId, String userId, String credentialId) {
    public Identity {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(credentialId, "credentialId");
    }
}
