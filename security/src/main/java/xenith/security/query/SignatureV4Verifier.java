package xenith.security.query;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Verifies Signature Version 4 in the Authorization header or in the query string. Thread-safe. */
final class SignatureV4Verifier {
    private static final String CONTENT_HASH = "X-Amz-Content-Sha256";
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final String SECURITY_TOKEN = "X-Amz-Security-Token";

    private static final Set<String> PRESIGNED_MARKS =
            Set.of("X-Amz-Algorithm", "X-Amz-Credential", SignatureV4Claim.SIGNATURE_PARAMETER);

    /** Parameters of the authentication itself, of no concern to the operation. */
    static final Set<String> OWN_PARAMETERS = Set.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            SignatureV4Claim.SIGNATURE_PARAMETER,
            CONTENT_HASH);

    private final SecretKeys keys;
    private final SigningScope scope;
    private final Timestamps timestamps;

    SignatureV4Verifier(SecretKeys keys, SigningScope scope, Timestamps timestamps) {
        this.keys = keys;
        this.scope = scope;
        this.timestamps = timestamps;
    }

    /** Whether the URL claims to carry a signature, be it complete or not. */
    static boolean isPresigned(List<Parameter> urlParameters) {
        return urlParameters.stream().anyMatch(p -> PRESIGNED_MARKS.contains(p.name()));
    }

    /** Verifies by the Authorization header if there is one, else by the parameters of the URL. */
    Identity verify(SignedRequest request, List<Parameter> urlParameters) {
        if (request.single(SECURITY_TOKEN).isPresent()
                || urlParameters.stream().anyMatch(p -> p.name().equals(SECURITY_TOKEN))) {
            throw new RefusedException(Refusal.SESSION_TOKEN_UNKNOWN);
        }
        SignatureV4Claim claim = request.single("Authorization")
                .map(authorization -> SignatureV4Claim.fromHeader(request, authorization))
                .orElseGet(() -> SignatureV4Claim.fromQuery(ParameterParser.unique(urlParameters)));
        return verify(request, claim, urlParameters);
    }

    private Identity verify(SignedRequest request, SignatureV4Claim claim, List<Parameter> urlParameters) {
        scope.check(claim.scope());
        checkTime(claim);
        SortedMap<String, String> headers = signedHeaders(request, claim);
        String hash = payloadHash(request, claim, ParameterParser.unique(urlParameters));
        List<Parameter> query = urlParameters.stream()
                .filter(p -> !(claim.presigned() && p.name().equals(SignatureV4Claim.SIGNATURE_PARAMETER)))
                .toList();
        String canonical = CanonicalRequest.of(request.method(), request.rawPath(), query, headers, hash);
        String toSign = CanonicalRequest.stringToSign(Timestamps.basic(claim.signed()), claim.scope(), canonical);
        return keys.verify(
                claim.scope().accessKeyId(),
                secret -> Digests.equal(CanonicalRequest.signature(secret, claim.scope(), toSign), claim.signature()));
    }

    private void checkTime(SignatureV4Claim claim) {
        if (claim.expiresSeconds().isPresent()) {
            timestamps.checkNotInFuture(claim.signed());
            timestamps.checkNotExpired(
                    claim.signed().plusSeconds(claim.expiresSeconds().get()));
        } else {
            timestamps.checkSigned(claim.signed());
        }
    }

    private static SortedMap<String, String> signedHeaders(SignedRequest request, SignatureV4Claim claim) {
        request.single("Host");
        for (HeaderField field : request.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (mustBeSigned(name) && !claim.signedHeaders().contains(name)) {
                boolean date = name.equals("x-amz-date");
                throw new RefusedException(
                        date ? Refusal.TIMESTAMP_UNSIGNED : Refusal.HEADER_UNSIGNED,
                        "It is " + RefusedException.quote(name) + ".");
            }
        }
        if (!claim.signedHeaders().contains("host")) {
            throw new RefusedException(Refusal.HEADER_UNSIGNED, "It is host.");
        }
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : claim.signedHeaders()) {
            List<String> values = request.all(name);
            if (values.isEmpty()) {
                throw new RefusedException(
                        Refusal.INCOMPLETE_SIGNATURE,
                        "The signed header " + RefusedException.quote(name) + " was not sent.");
            }
            headers.put(name, values.stream().map(CanonicalRequest::headerValue).collect(Collectors.joining(",")));
        }
        return headers;
    }

    /** AWS asks for all X-Amz headers; old clients leave Content-Type out, whose meaning is checked elsewhere. */
    private static boolean mustBeSigned(String lowerCaseName) {
        return lowerCaseName.equals("host") || lowerCaseName.startsWith("x-amz-");
    }

    /**
     * The hash that the signature must cover. An unsigned payload is accepted only where it can do no harm: a presigned
     * URL without a body.
     */
    private static String payloadHash(SignedRequest request, SignatureV4Claim claim, Map<String, String> url) {
        String actual = Digests.sha256Hex(request.body());
        String declared = request.single(CONTENT_HASH).orElse(claim.presigned() ? url.get(CONTENT_HASH) : null);
        if (declared == null || Digests.equal(actual, declared)) {
            return actual;
        }
        boolean unsigned = declared.equals(UNSIGNED_PAYLOAD);
        if (unsigned && claim.presigned() && request.body().length == 0) {
            return UNSIGNED_PAYLOAD;
        }
        throw new RefusedException(unsigned ? Refusal.BODY_UNSIGNED : Refusal.BODY_HASH_MISMATCH);
    }
}
