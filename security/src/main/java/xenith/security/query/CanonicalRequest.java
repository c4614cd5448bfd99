package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of a request over which Signature Version 4 is computed (AWS General Reference, "Create a signed AWS API
 * request", steps 1 and 2). Verifier and signer both use it.
 */
final class CanonicalRequest {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private CanonicalRequest() {}

    /**
     * @param query decoded parameters of the URL, without the signature itself
     * @param headers the signed ones: lower-case name to value, several values joined by commas
     * @param payloadHash lower-case hex, or what the protocol puts in its place
     */
    static String of(
            String method,
            String rawPath,
            List<Parameter> query,
            SortedMap<String, String> headers,
            String payloadHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(method).append('\n').append(path(rawPath)).append('\n');
        text.append(query(query)).append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(String.join(";", headers.keySet())).append('\n');
        return text.append(payloadHash).toString();
    }

    static String stringToSign(String amzDate, CredentialScope scope, String canonicalRequest) {
        return String.join("\n", ALGORITHM, amzDate, scope.text(), Digests.sha256Hex(canonicalRequest.getBytes(UTF_8)));
    }

    /** Lower-case hex of the signature, by the key derived for day, region and service. */
    static String signature(String secret, CredentialScope scope, String stringToSign) {
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String part : List.of(scope.date(), scope.region(), scope.service(), CredentialScope.TERMINATOR)) {
            key = Digests.hmacSha256(key, part);
        }
        return HexFormat.of().formatHex(Digests.hmacSha256(key, stringToSign));
    }

    /** Dot segments and doubled slashes removed, then encoded once more than it was sent (all services but S3). */
    static String path(String rawPath) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : rawPath.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String end = rawPath.endsWith("/") && !segments.isEmpty() ? "/" : "";
        return PercentEncoding.encodePath("/" + String.join("/", segments) + end);
    }

    private static String query(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> new Parameter(PercentEncoding.encode(p.name()), PercentEncoding.encode(p.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }

    /** Blanks around a header's value go, each run of blanks within it is one space. */
    static String headerValue(String value) {
        return BLANKS.matcher(value.strip()).replaceAll(" ");
    }
}
