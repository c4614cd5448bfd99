package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the test suite that AWS publishes for Signature Version 4, with the signatures it gives. */
class SigV4VectorsTest {
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ";

    @TempDir
    Path directory;

    record Vector(String name, String method, String path, String query, String headers, String body, String hex) {
        @Override
        public String toString() {
            return name;
        }

        /** Headers as {@code name:value} separated by bars, after Host and with the date at the end. */
        List<HeaderField> fields() {
            List<HeaderField> fields = new ArrayList<>();
            fields.add(new HeaderField("Host", "example.amazonaws.com"));
            Arrays.stream(headers.split("\\|", -1))
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split(":", 2))
                    .forEach(line -> fields.add(new HeaderField(line[0], line[1])));
            fields.add(new HeaderField("X-Amz-Date", "20150830T123600Z"));
            return fields;
        }

        SignedRequest request() {
            List<HeaderField> fields = new ArrayList<>(fields());
            TreeMap<String, String> names = new TreeMap<>();
            fields.forEach(field -> names.put(field.name().toLowerCase(Locale.ROOT), ""));
            fields.add(new HeaderField(
                    "Authorization",
                    AUTHORIZATION + "SignedHeaders=" + String.join(";", names.keySet()) + ", Signature=" + hex));
            return new SignedRequest(method, path, query, fields, body.getBytes(UTF_8));
        }
    }

    static Stream<Vector> vectors() {
        String form = "Content-Type:application/x-www-form-urlencoded";
        String unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        String vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        return Stream.of(
                new Vector("get-vanilla", "GET", "/", "", "", "", vanilla),
                new Vector("get-relative", "GET", "/example/..", "", "", "", vanilla),
                new Vector("get-relative-relative", "GET", "/example1/example2/../..", "", "", "", vanilla),
                new Vector("get-slash", "GET", "//", "", "", "", vanilla),
                new Vector("get-slash-dot-slash", "GET", "/./", "", "", "", vanilla),
                new Vector(
                        "get-unreserved",
                        "GET",
                        "/" + unreserved,
                        "",
                        "",
                        "",
                        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
                new Vector(
                        "get-utf8",
                        "GET",
                        "/\u1234",
                        "",
                        "",
                        "",
                        "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
                new Vector(
                        "get-vanilla-query-order-key-case",
                        "GET",
                        "/",
                        "Param2=value2&Param1=value1",
                        "",
                        "",
                        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
                new Vector(
                        "get-vanilla-query-unreserved",
                        "GET",
                        "/",
                        unreserved + "=" + unreserved,
                        "",
                        "",
                        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
                new Vector(
                        "get-vanilla-utf8-query",
                        "GET",
                        "/",
                        "%E1%88%B4=bar",
                        "",
                        "",
                        "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
                new Vector(
                        "get-header-key-duplicate",
                        "GET",
                        "/",
                        "",
                        "My-Header1:value2|My-Header1:value2|My-Header1:value1",
                        "",
                        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
                new Vector(
                        "get-header-value-order",
                        "GET",
                        "/",
                        "",
                        "My-Header1:value4|My-Header1:value1|My-Header1:value3|My-Header1:value2",
                        "",
                        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"),
                new Vector(
                        "get-header-value-trim",
                        "GET",
                        "/",
                        "",
                        "My-Header1: value1|My-Header2: \"a   b   c\"",
                        "",
                        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
                new Vector(
                        "post-vanilla",
                        "POST",
                        "/",
                        "",
                        "",
                        "",
                        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
                new Vector(
                        "post-x-www-form-urlencoded",
                        "POST",
                        "/",
                        "",
                        form,
                        "Param1=value1",
                        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aPublishedSignatureIsAccepted(Vector vector) {
        Verified verified = new QueryHarness(directory).at(QueryHarness.NOW).authenticate(vector.request());

        assertThat(verified.identity().credentialId()).isEqualTo(QueryHarness.KEY_ID);
    }
}
