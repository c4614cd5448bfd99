package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.security.query.HeaderField;
import xenith.security.query.SigV4Signer;

/** The token service, asked as AWS's clients ask it. */
class StsSessionTest {
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final String ASK = "Action=GetCallerIdentity&Version=2011-06-15";

    @TempDir
    static Path home;

    private static GatewayHarness gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(home);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void itSaysWhoAsks() {
        HttpResponse<String> answer = ask(ASK, "sts", gateway.exported("AWS_SECRET_ACCESS_KEY"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .containsPattern("<Arn>arn:aws:iam::[0-9]{12}:user/admin</Arn>")
                .containsPattern("<Account>[0-9]{12}</Account>")
                .contains("<UserId>", "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"")
                .contains(answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "Version=2011-06-15, MissingAction",
        "Action=&Version=2011-06-15, MissingAction",
        "Action=AssumeRole&Version=2011-06-15, InvalidAction",
        "Action=RunInstances&Version=2011-06-15, InvalidAction",
        "Action=GetCallerIdentity&Version=2016-11-15, InvalidAction",
        "Action=GetCallerIdentity&Version=2011-06-15&Foo=x, UnknownParameter",
        "Action=GetCallerIdentity&Version=2011-06-15&DryRun=true, UnknownParameter",
        "Action=GetCallerIdentity&Action=GetCallerIdentity&Version=2011-06-15, InvalidParameterCombination"
    })
    void whatItDoesNotKnowIsRefusedInItsOwnDialect(String form, String code) {
        HttpResponse<String> answer = ask(form, "sts", gateway.exported("AWS_SECRET_ACCESS_KEY"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<ErrorResponse xmlns=", "<Type>Sender</Type>", "<Code>" + code + "</Code>");
    }

    @Test
    void whoeverIsNotKnownIsRefused() {
        HttpResponse<String> answer = ask(ASK, "sts", "x".repeat(40));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<ErrorResponse", "<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void aSignatureForAnotherServiceIsNone() {
        HttpResponse<String> answer = ask(ASK, "s3", gateway.exported("AWS_SECRET_ACCESS_KEY"));

        assertThat(answer.statusCode()).isBetween(400, 403);
        assertThat(answer.body()).doesNotContain("GetCallerIdentityResult");
    }

    private static HttpResponse<String> ask(String form, String service, String secret) {
        byte[] body = form.getBytes(UTF_8);
        URI uri = gateway.uri("/");
        SigV4Signer signer = new SigV4Signer(
                gateway.exported("AWS_ACCESS_KEY_ID"),
                secret,
                gateway.exported("AWS_DEFAULT_REGION"),
                service,
                Clock.systemUTC());
        List<HeaderField> sent = List.of(new HeaderField("Content-Type", TYPE));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signer.sign("POST", uri, sent, body).forEach(field -> request.header(field.name(), field.value()));
        return gateway.send(request.build());
    }
}
