package xenith.security.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.query.QueryHarness.FORM;
import static xenith.security.query.QueryHarness.NOW;
import static xenith.security.query.QueryHarness.SECRET;
import static xenith.security.query.QueryHarness.signedV4;
import static xenith.security.query.QueryHarness.withBody;
import static xenith.security.query.QueryHarness.withHeader;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

class SigV4Test {
    private static final String URL = "http://127.0.0.1:8773/";
    private static final String CALL = "Action=DescribeInstances&Version=2016-11-15";

    @TempDir
    Path directory;

    private QueryHarness harness;
    private QueryAuthenticator authenticator;

    @BeforeEach
    void makeAUser() {
        harness = new QueryHarness(directory);
        authenticator = harness.at(NOW);
    }

    private static SignedRequest call() {
        return signedV4("POST", URL, "ec2", CALL, FORM);
    }

    @Test
    void aSignedFormYieldsItsSenderAndItsParameters() {
        Verified verified = authenticator.authenticate(call());

        assertThat(verified.identity().userId()).isEqualTo("user");
        assertThat(verified.parameters()).containsOnlyKeys("Action", "Version");
    }

    /** Signatures made by botocore 1.43, which sends no hash of the body. */
    @ParameterizedTest
    @CsvSource({
        "/, e392e5f582553dd882bbef65654be1e893e03b1f0a421ff43d8621132c8b7db0",
        "/services/Cloud, 3fe309a52fed3469f5d6e40c5b88076427e21b46710b684c72b9ba27db34bbdc",
        "/services/Cloud/, d3e02e507d04a823997e420b746ae4651df6dcb8477debbacd511c703b541d13"
    })
    void aRequestOfBotocoreIsAcceptedAndItsBodyIsSigned(String path, String signature) {
        String authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/ec2/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, Signature=" + signature;
        String form = "Action=RunInstances&UserData=a%2Bb+c%2F~%2A%3D&Version=2013-02-01";
        SignedRequest request = withHeader(
                withHeader(QueryHarness.post("127.0.0.1:8773", path, "", form), "X-Amz-Date", "20150830T123600Z"),
                "Authorization",
                authorization);

        assertThat(authenticator.authenticate(request).parameters()).containsEntry("UserData", "a+b c/~*=");
        assertRefused(Refusal.WRONG_SIGNATURE, () -> authenticator.authenticate(withBody(request, form + "1")));
    }

    @Test
    void parametersOfUrlAndFormAreMergedAndDoublesRefused() {
        assertThat(authenticator
                        .authenticate(signedV4("POST", URL + "?DryRun=true", "ec2", CALL, FORM))
                        .parameters())
                .containsOnlyKeys("Action", "Version", "DryRun");
        assertRefused(
                Refusal.DOUBLED_PARAMETER,
                () -> authenticator.authenticate(signedV4("POST", URL + "?Action=X", "ec2", CALL, FORM)));
        assertRefused(
                Refusal.DOUBLED_PARAMETER,
                () -> authenticator.authenticate(signedV4("GET", URL + "?A=1&A=1", "ec2", "")));
    }

    @Test
    void anotherRegionServiceOrSecretIsRefused() {
        assertRefused(
                Refusal.WRONG_REGION,
                () -> authenticator.authenticate(signedV4("POST", URL, "ec2", "eu-west-1", SECRET, CALL, FORM)));
        assertRefused(Refusal.WRONG_SERVICE, () -> authenticator.authenticate(signedV4("POST", URL, "s3", CALL, FORM)));
        assertRefused(
                Refusal.WRONG_SIGNATURE,
                () -> authenticator.authenticate(signedV4("POST", URL, "ec2", "us-east-1", "guess", CALL, FORM)));
    }

    @Test
    void stsIsServedByTheSameAuthenticator() {
        assertThat(authenticator.authenticate(signedV4("POST", URL, "sts", CALL, FORM)))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2015-08-30T12:51:00Z, ",
        "2015-08-30T12:51:01Z, EXPIRED",
        "2015-08-30T12:21:00Z, ",
        "2015-08-30T12:20:59Z, IN_THE_FUTURE"
    })
    void aRequestIsGoodForFifteenMinutesEitherWay(Instant now, Refusal refusal) {
        QueryAuthenticator then = harness.at(now);
        if (refusal == null) {
            assertThat(then.authenticate(call())).isNotNull();
        } else {
            assertRefused(refusal, () -> then.authenticate(call()));
        }
    }

    @Test
    void aChangedBodyIsRefusedWhetherItsHashWasSentOrNot() {
        assertRefused(Refusal.BODY_HASH_MISMATCH, () -> authenticator.authenticate(withBody(call(), CALL + "&X=1")));
        SignedRequest withoutHash = withHeader(call(), "X-Amz-Content-Sha256", null);
        assertRefused(Refusal.INCOMPLETE_SIGNATURE, () -> authenticator.authenticate(withoutHash));
    }

    @Test
    void anUnsignedPayloadIsRefused() {
        SignedRequest unsigned = withHeader(call(), "X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");

        assertRefused(Refusal.BODY_UNSIGNED, () -> authenticator.authenticate(unsigned));
    }

    @Test
    void aBodyThatIsNoFormIsRefused() {
        assertRefused(
                Refusal.UNSUPPORTED_BODY,
                () -> authenticator.authenticate(withHeader(call(), "Content-Type", "text/plain")));
        assertRefused(
                Refusal.UNSUPPORTED_BODY, () -> authenticator.authenticate(signedV4("GET", URL, "ec2", CALL, FORM)));
        assertRefused(
                Refusal.UNSUPPORTED_METHOD, () -> authenticator.authenticate(signedV4("PUT", URL, "ec2", CALL, FORM)));
    }

    @Test
    void anAmzHeaderThatIsNotSignedIsRefused() {
        assertRefused(
                Refusal.HEADER_UNSIGNED,
                () -> authenticator.authenticate(withHeader(call(), "X-Amz-Target", "Something")));
        String unsignedHost = authorization(call()).replace("host;", "");
        assertRefused(
                Refusal.HEADER_UNSIGNED,
                () -> authenticator.authenticate(withHeader(call(), "Authorization", unsignedHost)));
        String unsignedDate = authorization(call()).replace(";x-amz-date", "");
        assertRefused(
                Refusal.TIMESTAMP_UNSIGNED,
                () -> authenticator.authenticate(withHeader(call(), "Authorization", unsignedDate)));
    }

    private static String authorization(SignedRequest request) {
        return request.single("Authorization").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=",
                "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/ec2/aws4_request",
                "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/ec2, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=A/20150829/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/ec2/aws4_request, SignedHeaders=Host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/ec2/aws4_request, Credential=B, Signature=0",
                "AWS4-HMAC-SHA512 Credential=A/20150830/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
                "Basic dXNlcjpwYXNz",
                ""
            })
    void aMalformedAuthorizationHeaderIsRefused(String authorization) {
        assertRefused(
                Refusal.INCOMPLETE_SIGNATURE,
                () -> authenticator.authenticate(withHeader(call(), "Authorization", authorization)));
    }

    @Test
    void aRequestWithoutAuthenticationOrWithTwoIsRefused() {
        assertRefused(
                Refusal.MISSING_AUTHENTICATION,
                () -> authenticator.authenticate(withHeader(call(), "Authorization", null)));
        assertRefused(
                Refusal.CONTRADICTORY_AUTHENTICATION,
                () -> authenticator.authenticate(
                        signedV4("POST", URL, "ec2", CALL + "&AWSAccessKeyId=AKIDEXAMPLE", FORM)));
    }

    @Test
    void temporaryCredentialsAreRefused() {
        SignedRequest request =
                signedV4("POST", URL, "ec2", CALL, FORM, new HeaderField("X-Amz-Security-Token", "token"));

        assertRefused(Refusal.SESSION_TOKEN_UNKNOWN, () -> authenticator.authenticate(request));
    }

    @Test
    void refusalsNeverHoldTheSecretOrTheExpectedSignature() {
        SignedRequest tampered = withHeader(call(), "Host", "elsewhere");
        String genuine = authorization(call()).replaceAll(".*Signature=", "");

        assertThat(catchThrowable(() -> authenticator.authenticate(tampered)))
                .hasMessageNotContainingAny(SECRET, genuine);
        assertThat(List.of(
                        tampered.toString(), authenticator.authenticate(call()).toString()))
                .noneMatch(text -> text.contains(genuine) || text.contains("DescribeInstances"));
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, '{\"name\":\"x\"}'", "DELETE, ''", "PUT, '[]'"})
    void theApiTakesAnyMethodAndBody(String method, String body) {
        SignedRequest request = signedV4(
                method,
                URL + "api/v1/vm?state=running",
                "xenith",
                body,
                new HeaderField("Content-Type", "application/json"));

        assertThat(harness.api().authenticate(request).parameters()).containsOnlyKeys("state");
        assertRefused(Refusal.BODY_HASH_MISMATCH, () -> harness.api().authenticate(withBody(request, body + " ")));
        assertRefused(Refusal.MISSING_AUTHENTICATION, () -> harness.api()
                .authenticate(withHeader(request, "Authorization", null)));
    }
}
