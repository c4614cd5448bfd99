package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xenith.security.AccessKey;
import xenith.security.AccessKeys;
import xenith.security.InMemoryCredentials;
import xenith.security.SecretBox;

/** One user with the key pair of AWS's published examples, a clock that stands, and requests to sign. */
final class QueryHarness {
    static final String KEY_ID = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    static final HeaderField FORM = new HeaderField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

    final InMemoryCredentials store = new InMemoryCredentials();
    final AccessKeys keys;
    private final SecretBox box;

    QueryHarness(Path directory) {
        box = SecretBox.open(directory.resolve("key"), false);
        keys = new AccessKeys(box);
        putKey(true);
    }

    void putKey(boolean enabled) {
        store.put(new AccessKey(KEY_ID, box.seal(KEY_ID, SECRET), "account", "user", enabled));
    }

    QueryAuthenticator at(Instant now) {
        return new QueryAuthenticator(
                store, keys, new SigningScope(Set.of("us-east-1"), Set.of("ec2", "sts", "service")), clock(now));
    }

    ApiAuthenticator api() {
        return new ApiAuthenticator(store, keys, new SigningScope(Set.of("us-east-1"), Set.of("xenith")), clock(NOW));
    }

    static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    /** Signed by our own signer, which other tests hold against AWS's. */
    static SignedRequest signedV4(String method, String url, String service, String body, HeaderField... headers) {
        return signedV4(method, url, service, "us-east-1", SECRET, body, headers);
    }

    static SignedRequest signedV4(
            String method,
            String url,
            String service,
            String region,
            String secret,
            String body,
            HeaderField... headers) {
        URI uri = URI.create(url);
        SigV4Signer signer = new SigV4Signer(KEY_ID, secret, region, service, clock(NOW));
        List<HeaderField> all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(signer.sign(method, uri, all, body.getBytes(UTF_8)));
        all.add(0, new HeaderField("Host", uri.getAuthority()));
        return new SignedRequest(method, uri.getRawPath(), uri.getRawQuery(), all, body.getBytes(UTF_8));
    }

    /** The parameters of Signature Version 2 and the signature, computed here a second time and independently. */
    static String signedV2(String method, String host, String path, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "AWSAccessKeyId", KEY_ID,
                "SignatureMethod", "HmacSHA256",
                "SignatureVersion", "2"));
        all.putAll(parameters);
        String query = all.entrySet().stream()
                .map(p -> rfc3986(p.getKey()) + "=" + rfc3986(p.getValue()))
                .collect(Collectors.joining("&"));
        byte[] hmac = Digests.hmacSha256(SECRET.getBytes(UTF_8), String.join("\n", method, host, path, query));
        return query + "&Signature=" + rfc3986(Base64.getEncoder().encodeToString(hmac));
    }

    private static String rfc3986(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static SignedRequest withHeader(SignedRequest request, String name, String value) {
        List<HeaderField> headers = new ArrayList<>(request.headers());
        headers.removeIf(field -> field.name().equalsIgnoreCase(name));
        if (value != null) {
            headers.add(new HeaderField(name, value));
        }
        return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    static SignedRequest withBody(SignedRequest request, String body) {
        return new SignedRequest(
                request.method(), request.rawPath(), request.rawQuery(), request.headers(), body.getBytes(UTF_8));
    }

    static SignedRequest get(String host, String path, String query) {
        return new SignedRequest("GET", path, query, List.of(new HeaderField("Host", host)), new byte[0]);
    }

    static SignedRequest post(String host, String path, String query, String form) {
        return new SignedRequest(
                "POST", path, query, List.of(new HeaderField("Host", host), FORM), form.getBytes(UTF_8));
    }
}
