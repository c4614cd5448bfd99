package xenith.security.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.query.QueryHarness.FORM;
import static xenith.security.query.QueryHarness.NOW;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.security.RefusedException;

/** Every bit of a signed request is flipped: it is refused, or means exactly the same. */
class QueryTamperingTest {
    private static final String FORM_BODY =
            "Action=RunInstances&Version=2016-11-15&ImageId=ami-12345678&UserData=aGVsbG8%3D&MinCount=1";

    @TempDir
    Path directory;

    @Test
    void noBitOfASignedFormOfVersion4CanBeChanged() {
        assertEachFlipIsHarmless(QueryHarness.signedV4(
                "POST", "http://127.0.0.1:8773/services/Cloud/?DryRun=true", "ec2", FORM_BODY, FORM));
    }

    @Test
    void noBitOfASignedFormOfTheSdkCanBeChanged() {
        assertEachFlipIsHarmless(AwsSdkSigner.header(
                "POST", "http://127.0.0.1:8773/", FORM_BODY, Map.of(FORM.name(), FORM.value(), "Accept", "*/*")));
    }

    @Test
    void noBitOfAPresignedUrlCanBeChanged() {
        assertEachFlipIsHarmless(
                AwsSdkSigner.presigned("GET", "http://127.0.0.1:8773/?" + FORM_BODY, Duration.ofMinutes(5)));
    }

    @Test
    void noBitOfARequestOfVersion2CanBeChanged() {
        Map<String, String> call =
                Map.of("Action", "RunInstances", "UserData", "a+b c/=", "Timestamp", "2015-08-30T12:36:00.123Z");
        String host = "127.0.0.1:8773";

        assertEachFlipIsHarmless(QueryHarness.post(
                host, "/services/Cloud/", "", QueryHarness.signedV2("POST", host, "/services/Cloud/", call)));
        assertEachFlipIsHarmless(QueryHarness.get(host, "/", QueryHarness.signedV2("GET", host, "/", call)));
    }

    private void assertEachFlipIsHarmless(SignedRequest genuine) {
        QueryAuthenticator authenticator = new QueryHarness(directory).at(NOW);
        Verified expected = authenticator.authenticate(genuine);
        Wire wire = Wire.of(genuine);
        int refused = 0;
        for (int bit = 0; bit < wire.bits(); bit++) {
            try {
                assertThat(authenticator.authenticate(wire.flipped(bit)))
                        .as("bit %d", bit)
                        .isEqualTo(expected);
            } catch (RefusedException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused of %d", wire.bits()).isGreaterThan(wire.bits() / 2);
    }

    /** A request as parts of one text: method, path, query, names and values of headers, body. */
    private record Wire(List<String> parts) {
        static Wire of(SignedRequest request) {
            List<String> parts = new ArrayList<>(List.of(request.method(), request.rawPath(), request.rawQuery()));
            request.headers().forEach(field -> parts.addAll(List.of(field.name(), field.value())));
            parts.add(new String(request.body(), ISO_8859_1));
            return new Wire(List.copyOf(parts));
        }

        int bits() {
            return parts.stream().mapToInt(String::length).sum() * 8;
        }

        SignedRequest flipped(int bit) {
            List<String> changed = new ArrayList<>(parts);
            int part = 0;
            int at = bit / 8;
            while (at >= changed.get(part).length()) {
                at -= changed.get(part).length();
                part++;
            }
            StringBuilder text = new StringBuilder(changed.get(part));
            text.setCharAt(at, (char) (text.charAt(at) ^ (1 << bit % 8)));
            changed.set(part, text.toString());
            return request(changed);
        }

        private static SignedRequest request(List<String> parts) {
            List<HeaderField> headers = new ArrayList<>();
            for (int i = 3; i + 2 < parts.size(); i += 2) {
                headers.add(new HeaderField(parts.get(i), parts.get(i + 1)));
            }
            byte[] body = parts.get(parts.size() - 1).getBytes(ISO_8859_1);
            return new SignedRequest(parts.get(0), parts.get(1), parts.get(2), headers, body);
        }
    }
}
