package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.query.QueryHarness.NOW;
import static xenith.security.query.QueryHarness.get;
import static xenith.security.query.QueryHarness.post;
import static xenith.security.query.QueryHarness.signedV2;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

class SigV2Test {
    private static final String HOST = "127.0.0.1:8773";
    private static final String PATH = "/services/Cloud/";
    private static final Map<String, String> CALL = Map.of(
            "Action", "RunInstances",
            "Version", "2013-02-01",
            "UserData", "aGVsbG8 +/~*=\u00e9",
            "Timestamp", "2015-08-30T12:36:00Z");

    @TempDir
    Path directory;

    private QueryHarness harness;

    @BeforeEach
    void makeAUser() {
        harness = new QueryHarness(directory);
    }

    @Test
    void theSignatureOfAwsExampleIsMade() {
        String toSign = "GET\nelasticmapreduce.amazonaws.com\n/\nAWSAccessKeyId=AKIAIOSFODNN7EXAMPLE"
                + "&Action=DescribeJobFlows&SignatureMethod=HmacSHA256&SignatureVersion=2"
                + "&Timestamp=2011-10-03T15%3A19%3A30&Version=2009-03-31";
        byte[] secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".getBytes(UTF_8);

        assertThat(Base64.getEncoder().encodeToString(Digests.hmacSha256(secret, toSign)))
                .isEqualTo("i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=");
    }

    @Test
    void aGetAndAPostOfTheSameCallYieldTheSameParameters() {
        Verified got = harness.at(NOW).authenticate(get(HOST, PATH, signedV2("GET", HOST, PATH, CALL)));
        Verified posted = harness.at(NOW).authenticate(post(HOST, PATH, "", signedV2("POST", HOST, PATH, CALL)));

        assertThat(posted).isEqualTo(got);
        assertThat(got.identity().userId()).isEqualTo("user");
        assertThat(got.parameters())
                .containsOnlyKeys("Action", "Version", "UserData")
                .containsEntry("UserData", CALL.get("UserData"));
    }

    @ParameterizedTest
    @CsvSource({"/services/Cloud, /services/Cloud/", "/services/Cloud/, /services/Cloud"})
    void aSlashAtTheEndOfThePathMayDiffer(String signed, String sent) {
        assertThat(harness.at(NOW)
                        .authenticate(post(HOST, sent, "", signedV2("POST", HOST, signed, CALL)))
                        .identity()
                        .accountId())
                .isEqualTo("account");
    }

    @Test
    void nothingElseInThePathOrTheHostMayDiffer() {
        String signed = signedV2("POST", HOST, PATH, CALL);

        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(post(HOST, "/", "", signed)));
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(post(HOST, PATH + "/", "", signed)));
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(post("127.0.0.1", PATH, "", signed)));
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(get(HOST, PATH, signed)));
    }

    @Test
    void aParameterAddedToTheUrlOfASignedPostIsRefused() {
        String signed = signedV2("POST", HOST, PATH, CALL);

        assertRefused(
                Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(post(HOST, PATH, "DryRun=true", signed)));
        assertRefused(Refusal.DOUBLED_PARAMETER, () -> harness.at(NOW)
                .authenticate(post(HOST, PATH, "Action=StopInstances", signed)));
    }

    @ParameterizedTest
    @CsvSource({
        "SignatureVersion, 1, UNSUPPORTED_SIGNATURE_VERSION",
        "SignatureVersion, 3, UNSUPPORTED_SIGNATURE_VERSION",
        "SignatureMethod, HmacSHA1, UNSUPPORTED_SIGNATURE_METHOD",
        "AWSAccessKeyId, AKIANOBODY, UNKNOWN_ACCESS_KEY",
        "Timestamp, 2015-08-30T12:20:59Z, EXPIRED",
        "Timestamp, 2015-08-30T12:51:01.000Z, IN_THE_FUTURE",
        "Timestamp, yesterday, MALFORMED_TIMESTAMP",
        "Timestamp, 2015-02-30T12:36:00Z, MALFORMED_TIMESTAMP",
        "Expires, 2015-08-30T12:37:00Z, INCOMPLETE_SIGNATURE"
    })
    void whatIsSignedButNotAcceptableIsRefused(String name, String value, Refusal refusal) {
        Map<String, String> call = new HashMap<>(CALL);
        call.put(name, value);

        assertRefused(refusal, () -> harness.at(NOW).authenticate(get(HOST, PATH, signedV2("GET", HOST, PATH, call))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-08-30T12:36:00", "2015-08-30T12:36:00.123Z", "2015-08-30T14:36:00+02:00"})
    void timestampsOfOldClientsAreRead(String timestamp) {
        Map<String, String> call = new HashMap<>(CALL);
        call.put("Timestamp", timestamp);

        assertThat(harness.at(NOW).authenticate(get(HOST, PATH, signedV2("GET", HOST, PATH, call))))
                .isNotNull();
    }

    @Test
    void aRequestThatExpiresIsAcceptedUntilThen() {
        Map<String, String> call = new HashMap<>(CALL);
        call.remove("Timestamp");
        call.put("Expires", "2015-08-30T13:36:00Z");
        var request = get(HOST, PATH, signedV2("GET", HOST, PATH, call));

        assertThat(harness.at(Instant.parse("2015-08-30T13:36:00Z"))
                        .authenticate(request)
                        .parameters())
                .doesNotContainKey("Expires");
        assertRefused(Refusal.EXPIRED, () -> harness.at(Instant.parse("2015-08-30T13:36:01Z"))
                .authenticate(request));
        assertRefused(Refusal.LIFETIME_TOO_LONG, () -> harness.at(Instant.parse("2015-08-01T00:00:00Z"))
                .authenticate(request));
    }

    @Test
    void aDisabledKeyIsRefusedOnlyAfterItsSignatureProved() {
        harness.putKey(false);
        String signed = signedV2("GET", HOST, PATH, CALL);

        assertRefused(Refusal.DISABLED_ACCESS_KEY, () -> harness.at(NOW).authenticate(get(HOST, PATH, signed)));
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(get("other", PATH, signed)));
    }

    @Test
    void twoHostHeadersAreRefused() {
        var headers = List.of(new HeaderField("Host", HOST), new HeaderField("host", HOST));
        var request = new SignedRequest("GET", PATH, signedV2("GET", HOST, PATH, CALL), headers, new byte[0]);

        assertRefused(Refusal.INCOMPLETE_SIGNATURE, () -> harness.at(NOW).authenticate(request));
    }
}
