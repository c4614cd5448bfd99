package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests signed by AWS's own signer for Java, which shares no code with ours. */
final class AwsSdkSigner {
    private AwsSdkSigner() {}

    static SignedRequest header(String method, String url, String body, Map<String, String> headers) {
        return sign(method, url, body, headers, null);
    }

    static SignedRequest presigned(String method, String url, Duration validity) {
        return sign(method, url, "", Map.of(), validity);
    }

    private static SignedRequest sign(
            String method, String url, String body, Map<String, String> headers, Duration validity) {
        URI uri = URI.create(url);
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(uri);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> {
                    r.identity(AwsCredentialsIdentity.create(QueryHarness.KEY_ID, QueryHarness.SECRET))
                            .request(request.build())
                            .payload(ContentStreamProvider.fromUtf8String(body))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "ec2")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(HttpSigner.SIGNING_CLOCK, QueryHarness.clock(QueryHarness.NOW));
                    if (validity != null) {
                        r.putProperty(
                                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, validity);
                    }
                })
                .request();
        List<HeaderField> fields = new ArrayList<>();
        signed.headers().forEach((name, values) -> values.forEach(value -> fields.add(new HeaderField(name, value))));
        return new SignedRequest(
                method, signed.encodedPath(), signed.encodedQueryParameters().orElse(""), fields, body.getBytes(UTF_8));
    }
}
