package xenith.security;

import java.util.Objects;

/**
 * An access key as it is stored.
 *
 * @param id the public part, as clients name it
 * @param encryptedSecret the secret key, sealed by {@link SecretBox} under the id
 * @param accountId the account of the user
 * @param userId the user who holds the key
 * @param enabled whether requests signed with it are accepted
 */
public record AccessKey(String id, String encryptedSecret, String accountId, String userId, boolean enabled) {
    public AccessKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(encryptedSecret, "encryptedSecret");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(userId, "userId");
    }

    public Identity identity() {
        return new Identity(accountId, userId, id);
    }

    /** Names the key without its secret, so that it may be logged. */
    @Override
    public String toString() {
        return "AccessKey[" + id + ", account " + accountId + ", user " + userId + ", "
                + (enabled ? "enabled" : "disabled") + "]";
    }
}
