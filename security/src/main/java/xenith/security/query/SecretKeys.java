package xenith.security.query;

import java.util.function.Predicate;
import xenith.security.AccessKey;
import xenith.security.AccessKeys;
import xenith.security.CredentialStore;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Finds the key that a request claims to be signed with and lets a signature check use its secret. */
record SecretKeys(CredentialStore store, AccessKeys keys) {
    /**
     * The key's owner, if the check accepts its secret. That a key is disabled is told only to who can sign with it.
     *
     * @param signatureMatches whether the request's signature is the one that the given secret makes
     */
    Identity verify(String accessKeyId, Predicate<String> signatureMatches) {
        AccessKey key = store.accessKey(accessKeyId)
                .orElseThrow(() -> new RefusedException(
                        Refusal.UNKNOWN_ACCESS_KEY, "It is " + RefusedException.quote(accessKeyId) + "."));
        if (!signatureMatches.test(keys.secretOf(key))) {
            throw new RefusedException(Refusal.WRONG_SIGNATURE);
        }
        if (!key.enabled()) {
            throw new RefusedException(Refusal.DISABLED_ACCESS_KEY);
        }
        return key.identity();
    }
}
