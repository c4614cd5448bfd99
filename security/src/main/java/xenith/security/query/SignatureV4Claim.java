package xenith.security.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * What a request says about its Signature Version 4, nothing of it verified yet.
 *
 * @param signedHeaders lower-case names, sorted
 * @param signature lower-case hex
 * @param expiresSeconds how long a presigned request is valid; empty if the signature is in the header
 */
record SignatureV4Claim(
        CredentialScope scope,
        List<String> signedHeaders,
        String signature,
        Instant signed,
        Optional<Integer> expiresSeconds) {
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
    private static final int MAX_EXPIRES_SECONDS = (int) Timestamps.MAX_EXPIRY.toSeconds();
    private static final int MAX_EXPIRES_DIGITS = 6;

    SignatureV4Claim {
        if (!scope.date().equals(Timestamps.basic(signed).substring(0, 8))) {
            throw incomplete("The credential's date is not the day of the timestamp.");
        }
        if (!List.copyOf(new TreeSet<>(signedHeaders)).equals(signedHeaders)
                || signedHeaders.stream().anyMatch(name -> !name.equals(name.toLowerCase(Locale.ROOT)))) {
            throw incomplete("SignedHeaders must be lower-case names in order.");
        }
    }

    /** Reads the Authorization header and the date that goes with it. */
    static SignatureV4Claim fromHeader(SignedRequest request, String authorization) {
        if (!authorization.startsWith(CanonicalRequest.ALGORITHM + " ")) {
            throw incomplete("The Authorization header must begin with " + CanonicalRequest.ALGORITHM + ".");
        }
        Map<String, String> fields = authorizationFields(authorization);
        Instant signed = request.single("X-Amz-Date")
                .map(Timestamps::basic)
                .or(() -> request.single("Date").map(SignatureV4Claim::dateHeader))
                .orElseThrow(() -> incomplete("The header X-Amz-Date is missing."));
        return new SignatureV4Claim(
                CredentialScope.parse(required(fields, "Credential")),
                List.of(required(fields, "SignedHeaders").split(";", -1)),
                required(fields, "Signature"),
                signed,
                Optional.empty());
    }

    /** Reads the parameters of a presigned URL. */
    static SignatureV4Claim fromQuery(Map<String, String> parameters) {
        if (!required(parameters, "X-Amz-Algorithm").equals(CanonicalRequest.ALGORITHM)) {
            throw incomplete("X-Amz-Algorithm must be " + CanonicalRequest.ALGORITHM + ".");
        }
        return new SignatureV4Claim(
                CredentialScope.parse(required(parameters, "X-Amz-Credential")),
                List.of(required(parameters, "X-Amz-SignedHeaders").split(";", -1)),
                required(parameters, SIGNATURE_PARAMETER),
                Timestamps.basic(required(parameters, "X-Amz-Date")),
                Optional.of(expires(required(parameters, "X-Amz-Expires"))));
    }

    boolean presigned() {
        return expiresSeconds.isPresent();
    }

    private static Map<String, String> authorizationFields(String authorization) {
        Map<String, String> fields = new HashMap<>();
        for (String field :
                authorization.substring(CanonicalRequest.ALGORITHM.length()).split(",", -1)) {
            String[] nameAndValue = field.trim().split("=", 2);
            if (nameAndValue.length != 2 || fields.put(nameAndValue[0], nameAndValue[1]) != null) {
                throw incomplete("The Authorization header must hold Credential, SignedHeaders and Signature, once.");
            }
        }
        return fields;
    }

    private static Instant dateHeader(String date) {
        return date.endsWith("Z") ? Timestamps.basic(date) : Timestamps.httpDate(date);
    }

    private static int expires(String text) {
        if (!text.isEmpty()
                && text.length() <= MAX_EXPIRES_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= MAX_EXPIRES_SECONDS) {
                return seconds;
            }
        }
        throw new RefusedException(
                Refusal.LIFETIME_TOO_LONG,
                "X-Amz-Expires " + RefusedException.quote(text) + " is not within 1.." + MAX_EXPIRES_SECONDS + ".");
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw incomplete(name + " is missing.");
        }
        return value;
    }

    private static RefusedException incomplete(String detail) {
        return new RefusedException(Refusal.INCOMPLETE_SIGNATURE, detail);
    }
}
