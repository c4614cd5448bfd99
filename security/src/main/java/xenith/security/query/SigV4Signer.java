package xenith.security.query;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The client's side: signs requests with Signature Version 4 in the Authorization header. Needs nothing beyond the JDK.
 * Thread-safe.
 */
public final class SigV4Signer {
    private final String accessKeyId;
    private final String secret;
    private final String region;
    private final String service;
    private final Clock clock;

    public SigV4Signer(String accessKeyId, String secret, String region, String service, Clock clock) {
        this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
        this.secret = Objects.requireNonNull(secret, "secret");
        this.region = Objects.requireNonNull(region, "region");
        this.service = Objects.requireNonNull(service, "service");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Signs the request with its host, its body and the given headers.
     *
     * @param uri the absolute URI; a port that is not the scheme's own is signed as part of the host
     * @param headers what the client will send besides Host, such as Content-Type
     * @return the headers to add: X-Amz-Date, X-Amz-Content-Sha256 and Authorization
     */
    public List<HeaderField> sign(String method, URI uri, List<HeaderField> headers, byte[] body) {
        String amzDate = Timestamps.basic(clock.instant());
        List<HeaderField> added = new ArrayList<>();
        added.add(new HeaderField("X-Amz-Date", amzDate));
        added.add(new HeaderField("X-Amz-Content-Sha256", Digests.sha256Hex(body)));
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put("host", host(uri));
        put(signed, headers);
        put(signed, added);
        CredentialScope scope = new CredentialScope(accessKeyId, amzDate.substring(0, 8), region, service);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String canonical =
                CanonicalRequest.of(method, path, ParameterParser.parse(query), signed, Digests.sha256Hex(body));
        String signature =
                CanonicalRequest.signature(secret, scope, CanonicalRequest.stringToSign(amzDate, scope, canonical));
        added.add(new HeaderField(
                "Authorization",
                CanonicalRequest.ALGORITHM + " Credential=" + scope.credential() + ", SignedHeaders="
                        + String.join(";", signed.keySet()) + ", Signature=" + signature));
        return List.copyOf(added);
    }

    private static void put(SortedMap<String, String> signed, List<HeaderField> headers) {
        for (HeaderField field : headers) {
            signed.merge(
                    field.name().toLowerCase(Locale.ROOT),
                    CanonicalRequest.headerValue(field.value()),
                    (first, second) -> first + "," + second);
        }
    }

    /** The Host header as HTTP clients send it. */
    private static String host(URI uri) {
        boolean usual = uri.getPort() < 0
                || (uri.getPort() == 80 && "http".equalsIgnoreCase(uri.getScheme()))
                || (uri.getPort() == 443 && "https".equalsIgnoreCase(uri.getScheme()));
        return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Names the key without its secret. */
    @Override
    public String toString() {
        return "SigV4Signer[" + accessKeyId + "]";
    }
}
