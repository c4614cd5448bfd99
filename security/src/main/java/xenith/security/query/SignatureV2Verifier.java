package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xenith.security.Identity;
import xenith.security.IsoTimestamp;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Verifies Signature Version 2 (AWS General Reference, "Signature Version 2 signing process") with HmacSHA256. All
 * parameters are signed, whether they came in the URL or in a form. Thread-safe.
 */
final class SignatureV2Verifier {
    static final String SIGNATURE = "Signature";
    static final String VERSION = "SignatureVersion";
    static final String ACCESS_KEY_ID = "AWSAccessKeyId";

    /** Parameters of the authentication itself, of no concern to the operation. */
    static final Set<String> OWN_PARAMETERS =
            Set.of(ACCESS_KEY_ID, SIGNATURE, "SignatureMethod", VERSION, "Timestamp", "Expires");

    private final SecretKeys keys;
    private final Timestamps timestamps;

    SignatureV2Verifier(SecretKeys keys, Timestamps timestamps) {
        this.keys = keys;
        this.timestamps = timestamps;
    }

    /** @param parameters all of them, from URL and form */
    Identity verify(SignedRequest request, Map<String, String> parameters) {
        if (!required(parameters, VERSION).equals("2")) {
            throw new RefusedException(Refusal.UNSUPPORTED_SIGNATURE_VERSION);
        }
        if (!required(parameters, "SignatureMethod").equals("HmacSHA256")) {
            throw new RefusedException(Refusal.UNSUPPORTED_SIGNATURE_METHOD);
        }
        checkTime(parameters);
        String signature = required(parameters, SIGNATURE);
        String host = request.single("Host")
                .orElseThrow(() -> new RefusedException(Refusal.INCOMPLETE_SIGNATURE, "The header Host is missing."));
        String canonicalQuery = canonicalQuery(parameters);
        return keys.verify(required(parameters, ACCESS_KEY_ID), secret -> accepted(request.rawPath()).stream()
                .map(path -> String.join(
                        "\n", request.method(), host.strip().toLowerCase(Locale.ROOT), path, canonicalQuery))
                .map(toSign -> Digests.hmacSha256(secret.getBytes(UTF_8), toSign))
                .map(hmac -> Base64.getEncoder().encodeToString(hmac))
                .anyMatch(expected -> Digests.equal(expected, signature)));
    }

    private void checkTime(Map<String, String> parameters) {
        String timestamp = parameters.get("Timestamp");
        String expires = parameters.get("Expires");
        if ((timestamp == null) == (expires == null)) {
            throw new RefusedException(
                    Refusal.INCOMPLETE_SIGNATURE, "Exactly one of Timestamp and Expires must be given.");
        }
        if (timestamp != null) {
            timestamps.checkSigned(IsoTimestamp.parse(timestamp));
        } else {
            timestamps.checkExpiry(IsoTimestamp.parse(expires));
        }
    }

    /** Clients configured with a path may sign {@code /services/Cloud} and send to {@code /services/Cloud/}. */
    private static List<String> accepted(String path) {
        boolean slash = path.endsWith("/");
        String other = slash ? path.substring(0, path.length() - 1) : path + "/";
        return other.isEmpty() || (slash && other.endsWith("/")) ? List.of(path) : List.of(path, other);
    }

    private static String canonicalQuery(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(p -> !p.getKey().equals(SIGNATURE))
                        .map(p -> PercentEncoding.encode(p.getKey()) + "=" + PercentEncoding.encode(p.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw new RefusedException(Refusal.INCOMPLETE_SIGNATURE, "The parameter " + name + " is missing.");
        }
        return value;
    }
}
