package xenith.security.query;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.query.QueryHarness.NOW;
import static xenith.security.query.QueryHarness.withBody;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

/** What AWS's own signer makes is accepted, and what ours makes is the same. */
class AwsSdkCrossCheckTest {
    private static final String URL = "http://127.0.0.1:8773/?Action=DescribeRegions&Version=2016-11-15";

    @TempDir
    Path directory;

    private QueryHarness harness;

    @BeforeEach
    void makeAUser() {
        harness = new QueryHarness(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8773/",
                "http://127.0.0.1:8773/services/Cloud/",
                "https://ec2.example.org/",
                "http://localhost/a/../b//c/./d/",
                "http://localhost/a%20b/%C3%A9?z=1&a=%2F%3D%26&A=&a-b=1&a_b=2&a.b=3&Key=a%20b%2Bc",
                "http://localhost:80/?Filter.10.Name=x&Filter.1.Name=y&Filter.2.Name=%E1%88%B4~%2A"
            })
    void aRequestOfTheSdkIsAcceptedAndOursHasTheSameSignature(String url) {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8", "Accept", " a   b ");
        SignedRequest theirs = AwsSdkSigner.header("POST", url, "Action=X&UserData=a%2Bb%20c", headers);

        assertThat(harness.at(NOW).authenticate(theirs).parameters()).containsEntry("UserData", "a+b c");
        var uri = URI.create(url);
        List<HeaderField> sent = theirs.headers().stream()
                .filter(field -> !field.name().matches("Authorization|Host|X-Amz-Date|(?i)x-amz-content-sha256"))
                .toList();
        assertThat(new SigV4Signer(
                                QueryHarness.KEY_ID, QueryHarness.SECRET, "us-east-1", "ec2", QueryHarness.clock(NOW))
                        .sign("POST", uri, sent, theirs.body()))
                .filteredOn(field -> field.name().equals("Authorization"))
                .extracting(HeaderField::value)
                .containsExactly(theirs.single("Authorization").orElseThrow());
    }

    @Test
    void aPresignedUrlIsAcceptedUntilItExpires() {
        SignedRequest presigned = AwsSdkSigner.presigned("GET", URL, Duration.ofDays(7));

        assertThat(harness.at(NOW.plus(Duration.ofDays(7)))
                        .authenticate(presigned)
                        .parameters())
                .containsOnlyKeys("Action", "Version");
        assertRefused(
                Refusal.EXPIRED,
                () -> harness.at(NOW.plus(Duration.ofDays(7)).plusSeconds(1)).authenticate(presigned));
        assertRefused(Refusal.IN_THE_FUTURE, () -> harness.at(NOW.minus(Duration.ofMinutes(16)))
                .authenticate(presigned));
    }

    @Test
    void aBodyOrAParameterAddedToAPresignedUrlIsRefused() {
        SignedRequest presigned = AwsSdkSigner.presigned("POST", URL, Duration.ofHours(1));
        SignedRequest longer = new SignedRequest(
                presigned.method(),
                presigned.rawPath(),
                presigned.rawQuery() + "&DryRun=false",
                presigned.headers(),
                presigned.body());

        assertThat(harness.at(NOW).authenticate(presigned)).isNotNull();
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(longer));
        SignedRequest withForm =
                withBody(QueryHarness.withHeader(presigned, "Content-Type", QueryHarness.FORM.value()), "DryRun=false");
        assertRefused(Refusal.WRONG_SIGNATURE, () -> harness.at(NOW).authenticate(withForm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "1e3", "9999999999", "+5"})
    void aPresignedUrlMustExpireWithinAWeek(String expires) {
        SignedRequest presigned = AwsSdkSigner.presigned("GET", URL, Duration.ofHours(1));
        SignedRequest changed = new SignedRequest(
                "GET",
                "/",
                presigned.rawQuery().replace("X-Amz-Expires=3600", "X-Amz-Expires=" + expires),
                presigned.headers(),
                new byte[0]);

        assertRefused(Refusal.LIFETIME_TOO_LONG, () -> harness.at(NOW).authenticate(changed));
    }
}
