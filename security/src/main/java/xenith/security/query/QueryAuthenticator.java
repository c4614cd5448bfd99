package xenith.security.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import xenith.security.AccessKeys;
import xenith.security.CredentialStore;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Verifies requests of the EC2 Query protocol: GET, or POST of a form, signed by Signature Version 2, by Version 4 in
 * the Authorization header, or by a presigned URL. What it returns was signed as a whole. Requests are not remembered:
 * as at AWS, equal ones within a second carry equal signatures. Thread-safe.
 */
public final class QueryAuthenticator {
    private static final Set<String> V2_MARKS =
            Set.of(SignatureV2Verifier.ACCESS_KEY_ID, SignatureV2Verifier.SIGNATURE, SignatureV2Verifier.VERSION);

    private final SignatureV2Verifier version2;
    private final SignatureV4Verifier version4;

    /**
     * Wires the authenticator.
     *
     * @param scope regions and services that Version 4 credentials may name
     */
    public QueryAuthenticator(CredentialStore store, AccessKeys accessKeys, SigningScope scope, Clock clock) {
        SecretKeys keys = new SecretKeys(store, accessKeys);
        Timestamps timestamps = new Timestamps(clock);
        this.version2 = new SignatureV2Verifier(keys, timestamps);
        this.version4 = new SignatureV4Verifier(keys, scope, timestamps);
    }

    /**
     * Verifies the whole request.
     *
     * @throws RefusedException if the request is not signed as it must be; nothing was done then
     */
    public Verified authenticate(SignedRequest request) {
        checkShape(request);
        List<Parameter> url = ParameterParser.parse(request.rawQuery());
        List<Parameter> form = ParameterParser.parse(new String(request.body(), ISO_8859_1));
        Map<String, String> all = ParameterParser.unique(
                Stream.concat(url.stream(), form.stream()).toList());
        boolean isVersion2 = all.keySet().stream().anyMatch(V2_MARKS::contains);
        boolean isPresigned = SignatureV4Verifier.isPresigned(url);
        boolean hasHeader = !request.all("Authorization").isEmpty();
        long ways =
                Stream.of(isVersion2, isPresigned, hasHeader).filter(way -> way).count();
        if (ways != 1) {
            throw new RefusedException(
                    ways == 0 ? Refusal.MISSING_AUTHENTICATION : Refusal.CONTRADICTORY_AUTHENTICATION);
        }
        if (isVersion2) {
            return verified(version2.verify(request, all), all, SignatureV2Verifier.OWN_PARAMETERS);
        }
        Set<String> own = isPresigned ? SignatureV4Verifier.OWN_PARAMETERS : Set.of();
        return verified(version4.verify(request, url), all, own);
    }

    private static Verified verified(Identity identity, Map<String, String> parameters, Set<String> own) {
        parameters.keySet().removeAll(own);
        return new Verified(identity, parameters);
    }

    /** A body is always a form, so that an unsigned Content-Type cannot change what the request says. */
    private static void checkShape(SignedRequest request) {
        boolean isPost = request.method().equals("POST");
        if (!isPost && !request.method().equals("GET")) {
            throw new RefusedException(Refusal.UNSUPPORTED_METHOD, "Use GET or POST.");
        }
        if (request.body().length > 0 && !(isPost && request.declaresForm())) {
            throw new RefusedException(Refusal.UNSUPPORTED_BODY);
        }
    }
}
