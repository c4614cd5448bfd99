package xenith.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.gateway.api.ApiHarness.Answer;

/** What each resource is for, as operators and members use it. */
class ResourcesTest {
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

    @Test
    void anOperatorAddsShowsListsAndRemovesAnAccount() {
        Answer added = api.post("admin", "/xenith/v1/accounts", "{\"name\":\"research\",\"maxVms\":7}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("id").asText()).matches("[0-9]{12}");

        Answer shown = api.get("admin", "/xenith/v1/accounts/research");
        assertThat(shown.json().path("maxVms").asInt()).isEqualTo(7);
        assertThat(api.get("admin", "/xenith/v1/accounts").json().findValuesAsText("name"))
                .contains("main", "other", "research");

        assertThat(api.delete("admin", "/xenith/v1/accounts/research").status()).isEqualTo(204);
        assertThat(api.get("admin", "/xenith/v1/accounts/research").status()).isEqualTo(404);
    }

    @Test
    void aNewUserSignsWithTheKeyThatTheAnswerShowsOnce() {
        Answer user = api.post("admin", "/xenith/v1/users", "{\"name\":\"nina\",\"account\":\"other\"}");
        assertThat(user.json().path("role").asText()).isEqualTo("member");
        Answer key = api.post("admin", "/xenith/v1/users/nina/access-keys", "");
        String secret = key.json().path("secretAccessKey").asText();
        assertThat(secret).hasSize(40);

        Answer listed = api.get("admin", "/xenith/v1/users/nina/access-keys");
        assertThat(listed.json().findValuesAsText("id"))
                .containsExactly(key.json().path("id").asText());
        assertThat(listed.json().toString()).doesNotContain(secret).doesNotContain("ecret");

        assertThat(api.delete("admin", "/xenith/v1/users/nina").status()).isEqualTo(204);
        assertThat(api.get("admin", "/xenith/v1/users/nina").code()).isEqualTo("UserNotFound");
    }

    @Test
    void aUserIsIssuedACertificateWhosePrivateKeyIsShownOnce() {
        Answer issued = api.post("mia", "/xenith/v1/users/mia/certificates", "{}");
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.json().path("privateKeyPem").asText()).startsWith("-----BEGIN PRIVATE KEY-----");

        Answer listed = api.get("mia", "/xenith/v1/users/mia/certificates");
        assertThat(listed.json().get(0).path("certificatePem").asText()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(listed.json().toString()).doesNotContain("PRIVATE KEY-----");
        String id = issued.json().path("id").asText();
        assertThat(api.delete("mia", "/xenith/v1/users/mia/certificates/" + id).status())
                .isEqualTo(204);
        assertThat(api.delete("mia", "/xenith/v1/users/mia/certificates/" + id).code())
                .isEqualTo("CertificateNotFound");
    }

    @Test
    void aCertificateThatWasMadeElsewhereStandsForOneUserOnly() {
        String pem = api.post("mia", "/xenith/v1/users/mia/certificates", "{}")
                .json()
                .path("certificatePem")
                .asText();
        String body = "{\"pem\":\"" + pem.replace("\n", "\\n") + "\"}";

        assertThat(api.post("otto", "/xenith/v1/users/otto/certificates", body).code())
                .isEqualTo("CertificateTaken");
        Answer broken = api.post("otto", "/xenith/v1/users/otto/certificates", "{\"pem\":\"no\"}");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.message()).contains("'pem'").contains("CERTIFICATE");
    }

    @Test
    void aHostIsAddedDisabledEnabledAndRemoved() {
        Answer added = api.post("admin", "/xenith/v1/hosts", "{\"name\":\"host-2\",\"uri\":\"fake://host-2\"}");
        assertThat(added.status()).isEqualTo(201);
        api.cloud.await(() -> api.get("admin", "/xenith/v1/hosts/host-2")
                        .json()
                        .path("usage")
                        .path("total")
                        .path("memoryMib")
                        .asInt()
                == 16_384);

        assertThat(api.post("admin", "/xenith/v1/hosts/host-2/disable", "")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("disabled");
        assertThat(api.post("admin", "/xenith/v1/hosts/host-2/enable", "")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("on");
        assertThat(api.delete("admin", "/xenith/v1/hosts/host-2").status()).isEqualTo(204);
        assertThat(api.get("admin", "/xenith/v1/hosts").json().findValuesAsText("name"))
                .doesNotContain("host-2");
    }

    @Test
    void aMachineIsFoundByNumberInstanceIdAndUniqueNameAndControlled() {
        VirtualMachine vm = api.cloud.launch(1).get(0);
        api.cloud.awaitState(vm.id(), VmState.RUNNING);

        Answer shown = api.get("mia", "/xenith/v1/vms/" + vm.id());
        assertThat(shown.json().path("state").asText()).isEqualTo("running");
        assertThat(shown.json().path("host").asText()).isEqualTo("host-1");
        assertThat(shown.json().path("addresses").get(0).path("network").asText())
                .isEqualTo("private");
        assertThat(api.get("mia", "/xenith/v1/vms/i-1").json().path("id").isNumber())
                .isTrue();
        assertThat(api.post("mia", "/xenith/v1/vms/" + vm.id() + "/shutdown", "")
                        .status())
                .isEqualTo(200);
        api.cloud.awaitState(vm.id(), VmState.OFF);
        assertThat(api.post("mia", "/xenith/v1/vms/" + vm.id() + "/reboot", "").code())
                .isEqualTo("WrongState");
        assertThat(api.post("mia", "/xenith/v1/vms/" + vm.id() + "/end", "").status())
                .isEqualTo(200);
        api.cloud.awaitState(vm.id(), VmState.ENDED);
    }

    @Test
    void pagesOfEventsJoinWithoutGapOrRepetition() {
        Answer first = api.get("admin", "/xenith/v1/events?limit=2");
        assertThat(first.json()).hasSize(2);
        String next = first.http().headers().firstValue("x-next-after").orElseThrow();
        Answer second = api.get("admin", "/xenith/v1/events?after=" + next);
        assertThat(second.json().get(0).path("id").asLong())
                .isEqualTo(first.json().get(1).path("id").asLong() + 1);
        assertThat(api.get("otto", "/xenith/v1/events").json().findValuesAsText("accountId"))
                .containsOnly(api.user("otto").account().value());
    }

    @Test
    void anImageIsRegisteredAfterItsFileWasExamined() {
        Answer added = api.post(
                "mia", "/xenith/v1/images", "{\"name\":\"disk\",\"location\":\"disk.raw\",\"kernel\":\"kernel\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("state").asText()).isEqualTo("available");
        String ami = added.json().path("imageId").asText();
        assertThat(api.get("mia", "/xenith/v1/images/" + ami)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("disk");
        assertThat(api.get("otto", "/xenith/v1/images/" + ami).code()).isEqualTo("ImageNotFound");
        assertThat(api.delete("mia", "/xenith/v1/images/disk").status()).isEqualTo(204);
        assertThat(api.get("mia", "/xenith/v1/images/disk").status()).isEqualTo(404);
    }

    @Test
    void anImageSaysWhatItsGuestTakesItsMachineFor() {
        assertThat(virtualization("a", "")).isEqualTo("hvm");
        assertThat(virtualization("b", ",\"kernel\":\"kernel\"")).isEqualTo("paravirtual");
        assertThat(virtualization("c", ",\"virtualization\":\"pvh\"")).isEqualTo("pvh");

        assertThat(registered("d", ",\"virtualization\":\"kvm\"").json().toString())
                .contains("virtualization", "paravirtual, hvm, pvh");
        assertThat(registered("d", ",\"virtualization\":\"hvm\",\"kernel\":\"kernel\"")
                        .status())
                .isEqualTo(400);
        assertThat(registered("d", ",\"virtualization\":\"pvh\",\"kind\":\"kernel\"")
                        .status())
                .isEqualTo(400);
    }

    private String virtualization(String name, String more) {
        return registered(name, more).json().path("virtualization").asText();
    }

    private Answer registered(String name, String more) {
        return api.post(
                "mia", "/xenith/v1/images", "{\"name\":\"" + name + "\",\"location\":\"disk.raw\"" + more + "}");
    }

    @Test
    void aNetworkIsAddedAndListed() {
        Answer added = api.post(
                "admin",
                "/xenith/v1/networks",
                "{\"name\":\"lab\",\"bridge\":\"br1\",\"subnet\":\"10.9.0.0/24\",\"first\":\"10.9.0.2\","
                        + "\"last\":\"10.9.0.9\",\"gateway\":\"10.9.0.1\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(api.get("admin", "/xenith/v1/networks/lab")
                        .json()
                        .path("leased")
                        .asInt())
                .isZero();
        assertThat(api.get("admin", "/xenith/v1/networks").json().findValuesAsText("name"))
                .contains("private", "lab");
    }

    @Test
    void theShutdownEndsWithPrivateGuestsOffAndTheOthersRunning(@TempDir Path other) throws Exception {
        try (ApiHarness own = new ApiHarness(other)) {
            own.cloud.addHost("private-1");
            VirtualMachine ours = own.cloud.launch(1).get(0);
            own.cloud.awaitState(ours.id(), VmState.RUNNING);
            own.post("admin", "/xenith/v1/hosts/private-1/disable", "");
            own.cloud.addHost("far");
            VirtualMachine far = own.cloud.launch(1).get(0);
            own.cloud.awaitState(far.id(), VmState.RUNNING);
            own.cloud.host("private-1").guestsIgnoreShutdown = true; // so that it takes longer than the idle timeout

            Answer answer = own.post("admin", "/xenith/v1/shutdown", "{\"deadlineSeconds\":15}");

            assertThat(answer.json().path("stillRunning")).isEmpty();
            assertThat(own.cloud.vm(ours.id()).state()).isEqualTo(VmState.OFF);
            assertThat(own.cloud.vm(far.id()).state()).isEqualTo(VmState.RUNNING);
            assertThat(own.stopped.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
