package xenith.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.VirtualMachine;
import xenith.gateway.api.ApiHarness.Answer;
import xenith.security.NewAccessKey;

/** What is refused, and how. */
class RefusalsTest {
    @TempDir
    static Path home;

    private static ApiHarness api;

    @BeforeAll
    static void open() throws Exception {
        api = new ApiHarness(home);
        api.cloud.addHost("host-1");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":                  | 400 | MalformedJson | JSON",
                "{\"name\":\"x\"} {}         | 400 | MalformedJson | JSON",
                "{\"name\":\"x\",\"name\":\"y\"} | 400 | MalformedJson | name",
                "[1]                         | 400 | WrongType     | object",
                "null                        | 400 | WrongType     | object",
                "{\"name\":7}                | 400 | WrongType     | 'name'",
                "{\"name\":\"x\",\"maxVms\":\"7\"} | 400 | WrongType | 'maxVms'",
                "{\"name\":\"x\",\"maxVms\":-1} | 400 | InvalidValue | 'maxVms'",
                "{\"name\":\"x\",\"maxVms\":99999999999} | 400 | InvalidValue | 'maxVms'",
                "{\"name\":\"x\",\"colour\":1} | 400 | UnknownMember | 'colour'",
                "{\"maxVms\":1}              | 400 | MissingMember | 'name'",
                "{\"name\":null}             | 400 | MissingMember | 'name'",
                "{\"name\":\"a/b\"}          | 400 | InvalidValue  | 'name'",
                "{\"name\":\"123\"}          | 400 | InvalidValue  | 'name'",
                "{\"name\":\"main\"}         | 409 | NameTaken     | main",
            })
    void aBadBodyIsRefusedByTheNameOfWhatIsWrong(String body, int status, String code, String named) {
        Answer answer = api.post("admin", "/xenith/v1/accounts", body);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains(named);
        assertThat(answer.json().path("error").path("requestId").asText())
                .isEqualTo(answer.http().headers().firstValue("x-request-id").orElseThrow());
    }

    @Test
    void nestingIsRefusedInBoundedDepth() {
        String body = "{\"name\":" + "[".repeat(50_000);
        assertThat(api.post("admin", "/xenith/v1/accounts", body).code()).isEqualTo("MalformedJson");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        Answer answer = api.post("admin", "/xenith/v1/accounts", " ".repeat(Authentication.MAX_BODY_BYTES + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.message()).contains(Integer.toString(Authentication.MAX_BODY_BYTES));
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        Answer answer = api.send(api.signedAs(api.keyOf("admin"), "POST", "/xenith/v1/accounts", "text/xml", "<a/>"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("UnsupportedMediaType");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/xenith/v1/nothing,404,NoSuchResource",
        "GET,/xenith/v1/accounts/nobody,404,AccountNotFound",
        "GET,/xenith/v1/users/nobody,404,UserNotFound",
        "GET,/xenith/v1/hosts/99,404,HostNotFound",
        "GET,/xenith/v1/images/ami-ffffffff,404,ImageNotFound",
        "GET,/xenith/v1/networks/nowhere,404,NetworkNotFound",
        "GET,/xenith/v1/vms/i-deadbeef,404,VmNotFound",
        "POST,/xenith/v1/vms/1/explode,404,NoSuchResource",
        "DELETE,/xenith/v1/users/mia/access-keys/AKIA,404,AccessKeyNotFound",
        "PUT,/xenith/v1/accounts,405,MethodNotAllowed",
        "GET,/xenith/v1/events?after=x,400,InvalidValue",
        "GET,/xenith/v1/events?limit=0,400,InvalidValue",
        "GET,/xenith/v1/accounts;a=b,400,MalformedPath",
        "DELETE,/xenith/v1/users/admin,400,Invalid",
        "DELETE,/xenith/v1/accounts/other,409,AccountInUse",
    })
    void whatIsNotThereOrCannotBeIsRefused(String method, String path, int status, String code) {
        Answer answer = api.call("admin", method, path, "");
        assertThat(answer.code()).as(answer.json().toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/xenith/v1//vms", "/xenith/v1/vms/1%2Fend", "/xenith/v1/hosts/%2e%2e/vms"})
    void aPathThatNamesTwoThingsIsRefused(String path) {
        assertThat(api.get("admin", path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "users", "hosts", "networks", "accounts/main", "hosts/host-1"})
    void whatIsOperatorsIsForbiddenToMembers(String path) {
        Answer answer = api.get("mia", "/xenith/v1/" + path);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("NotAllowed");
    }

    @Test
    void membersNeitherAddNorStopAnything() {
        assertThat(api.post("mia", "/xenith/v1/users", "{\"name\":\"x\",\"account\":\"main\",\"role\":\"operator\"}")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("mia", "/xenith/v1/shutdown", "").status()).isEqualTo(403);
        assertThat(api.post("mia", "/xenith/v1/hosts/host-1/disable", "").status())
                .isEqualTo(403);
        assertThat(api.stopped.getCount()).isEqualTo(1);
    }

    @Test
    void somebodyElsesThingsAreNotFound() {
        VirtualMachine vm = api.cloud.launch(1).get(0);

        assertThat(api.get("otto", "/xenith/v1/vms/" + vm.id()).code()).isEqualTo("VmNotFound");
        assertThat(api.post("otto", "/xenith/v1/vms/" + vm.id() + "/end", "").status())
                .isEqualTo(404);
        assertThat(api.get("otto", "/xenith/v1/vms/" + vm.id() + "/console").status())
                .isEqualTo(404);
        assertThat(api.get("otto", "/xenith/v1/vms").json()).isEmpty();
        assertThat(api.get("otto", "/xenith/v1/users/mia").code()).isEqualTo("UserNotFound");
        assertThat(api.post("otto", "/xenith/v1/users/mia/access-keys", "").status())
                .isEqualTo(404);
    }

    @Test
    void aRequestThatIsNotSignedIsRefused() {
        Answer answer =
                api.send(api.request("GET", "/xenith/v1/accounts", new byte[0]).build());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("MissingAuthenticationToken");
    }

    @Test
    void aRequestSignedWithAnotherSecretIsRefused() {
        NewAccessKey forged = new NewAccessKey(api.keyOf("admin").stored(), "x".repeat(40));
        Answer answer = api.send(api.signed(forged, "GET", "/xenith/v1/accounts", new byte[0]));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void aBodyThatIsNotTheSignedOneIsRefused() {
        HttpRequest honest =
                api.signed(api.keyOf("admin"), "POST", "/xenith/v1/accounts", "{\"name\":\"good\"}".getBytes(UTF_8));
        HttpRequest.Builder forged = api.request("POST", "/xenith/v1/accounts", "{\"name\":\"evil\"}".getBytes(UTF_8));
        honest.headers().map().forEach((name, values) -> values.forEach(value -> forged.header(name, value)));

        assertThat(api.send(forged.build()).status()).isEqualTo(403);
        assertThat(api.get("admin", "/xenith/v1/accounts/evil").status()).isEqualTo(404);
    }

    @Test
    void aKeyThatWasRemovedSignsNoMore() {
        Answer made = api.post("mia", "/xenith/v1/users/mia/access-keys", "");
        String id = made.json().path("id").asText();
        assertThat(api.delete("mia", "/xenith/v1/users/mia/access-keys/" + id).status())
                .isEqualTo(204);
        NewAccessKey removed = new NewAccessKey(
                new xenith.security.AccessKey(id, "", "", "", true),
                made.json().path("secretAccessKey").asText());
        Answer answer = api.send(api.signed(removed, "GET", "/xenith/v1/vms", new byte[0]));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("AuthFailure");
    }
}
