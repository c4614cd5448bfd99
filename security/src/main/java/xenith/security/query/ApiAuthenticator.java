package xenith.security.query;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import xenith.security.AccessKeys;
import xenith.security.CredentialStore;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Verifies requests of any method with bodies of any type, such as JSON: Signature Version 4, in the Authorization
 * header or as a presigned URL. Method, path, query and body are what was signed; the path up to dot segments and
 * doubled slashes, so route by a normalised path. Thread-safe.
 */
public final class ApiAuthenticator {
    private final SignatureV4Verifier version4;

    /**
     * Wires the authenticator.
     *
     * @param scope regions and services that credentials may name
     */
    public ApiAuthenticator(CredentialStore store, AccessKeys accessKeys, SigningScope scope, Clock clock) {
        this.version4 = new SignatureV4Verifier(new SecretKeys(store, accessKeys), scope, new Timestamps(clock));
    }

    /**
     * Verifies the whole request.
     *
     * @return the sender, and the parameters of the URL
     * @throws RefusedException if the request is not signed as it must be; nothing was done then
     */
    public Verified authenticate(SignedRequest request) {
        List<Parameter> url = ParameterParser.parse(request.rawQuery());
        Map<String, String> parameters = ParameterParser.unique(url);
        boolean isPresigned = SignatureV4Verifier.isPresigned(url);
        if (isPresigned == !request.all("Authorization").isEmpty()) {
            throw new RefusedException(
                    isPresigned ? Refusal.CONTRADICTORY_AUTHENTICATION : Refusal.MISSING_AUTHENTICATION);
        }
        var identity = version4.verify(request, url);
        if (isPresigned) {
            parameters.keySet().removeAll(SignatureV4Verifier.OWN_PARAMETERS);
        }
        return new Verified(identity, parameters);
    }
}
