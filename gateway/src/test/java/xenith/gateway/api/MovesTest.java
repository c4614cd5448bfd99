package xenith.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.gateway.api.ApiHarness.Answer;

/** Hosts that come and go, and machines that move between them, over HTTP. */
class MovesTest {
    @TempDir
    Path home;

    private ApiHarness api;

    @BeforeEach
    void open() throws Exception {
        api = new ApiHarness(home);
        api.cloud.addHost("one");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anOperatorMovesAMachineToTheHostThatIsNamedOrToOneThatTheCloudChooses() {
        VmId vm = running();
        api.cloud.addHost("two");

        Answer asked = migrate("admin", vm, "{\"host\":\"two\",\"live\":true}");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.json().path("target").asText()).isEqualTo("two");
        assertThat(asked.json().path("work").asText()).isEqualTo("live-migrate");
        assertThat(hostAfterMove(vm)).isEqualTo("two");

        assertThat(migrate("admin", vm, "").json().path("work").asText()).isEqualTo("migrate");
        assertThat(hostAfterMove(vm)).isEqualTo("one");
    }

    @Test
    void amoveThatCannotBeIsRefusedWithItsReason() {
        VmId vm = running();
        api.cloud.addHost("two");
        api.post("admin", "/xenith/v1/hosts/two/disable", "");

        Answer disabled = migrate("admin", vm, "{\"host\":\"two\"}");
        assertThat(disabled.status()).isEqualTo(503);
        assertThat(disabled.code()).isEqualTo("NoCapacity");
        assertThat(disabled.message()).contains("host two").contains("not in service");
        assertThat(migrate("admin", vm, "{\"host\":\"three\"}").code()).isEqualTo("HostNotFound");
        assertThat(migrate("admin", vm, "{\"host\":\"one\"}").message()).contains("is on host one already");
        assertThat(migrate("admin", vm, "{\"where\":\"one\"}").code()).isEqualTo("UnknownMember");
        assertThat(migrate("mia", vm, "{\"host\":\"two\"}").code()).isEqualTo("NotAllowed");
    }

    @Test
    void aMachineThatWasSavedHasNoHostAndGoesOnWhereItIsTold() {
        VmId vm = running();
        api.cloud.addHost("two");

        act(vm, "save", "");
        api.cloud.awaitState(vm, VmState.SAVED);
        assertThat(show(vm).json().path("host").isNull()).isTrue();

        assertThat(act(vm, "start", "{\"host\":\"two\"}").status()).isEqualTo(200);
        api.cloud.awaitState(vm, VmState.RUNNING);
        assertThat(show(vm).json().path("host").asText()).isEqualTo("two");
        assertThat(act(vm, "reboot", "{\"host\":\"two\"}").code()).isEqualTo("UnknownMember");
        assertThat(api.post("mia", "/xenith/v1/vms/" + vm + "/start", "{\"host\":\"nowhere\"}")
                        .code())
                .isEqualTo("NotAllowed");
    }

    @Test
    void startAndResumeLetAMachineGoOnFromWhereverItRests() {
        VmId vm = running();

        act(vm, "pause", "");
        api.cloud.awaitState(vm, VmState.PAUSED);
        act(vm, "start", "");
        api.cloud.awaitState(vm, VmState.RUNNING);
        act(vm, "suspend", "");
        api.cloud.awaitState(vm, VmState.SUSPENDED);
        act(vm, "resume", "");
        api.cloud.awaitState(vm, VmState.RUNNING);

        assertThat(act(vm, "resume", "").code()).isEqualTo("WrongState");
    }

    @Test
    void anOperatorResizesAMachineByProcessorsOrMemory() {
        VmId vm = running();

        assertThat(resize("admin", vm, "{\"memoryMib\":512}")
                        .json()
                        .path("work")
                        .asText())
                .isEqualTo("resize");
        api.cloud.awaitState(vm, VmState.RUNNING);
        assertThat(show(vm).json().path("capacity").path("memoryMib").asLong()).isEqualTo(512);
        assertThat(resize("admin", vm, "{\"vcpus\":2}").message()).contains("started with 1 processors");
        assertThat(resize("admin", vm, "{}").code()).isEqualTo("MissingMember");
        assertThat(resize("admin", vm, "{\"vcpus\":0}").code()).isEqualTo("InvalidValue");
        assertThat(resize("mia", vm, "{\"vcpus\":1}").code()).isEqualTo("NotAllowed");

        act(vm, "shutdown", "");
        api.cloud.awaitState(vm, VmState.OFF);
        assertThat(resize("admin", vm, "{\"vcpus\":2}").status()).isEqualTo(200);
        assertThat(show(vm).json().path("vcpus").asInt()).isEqualTo(2);
        assertThat(show(vm).json().path("capacity").path("cpu").asInt()).isEqualTo(200);
    }

    @Test
    void aMachineThatRunsShowsItsHostsHypervisorAndWhatItUses() {
        VmId vm = running();

        Answer shown = show(vm);

        assertThat(shown.json().path("hypervisor").asText()).isEqualTo("fake");
        assertThat(shown.json().path("version").asText()).isEqualTo("1");
        assertThat(shown.json().path("usage").path("memoryMib").asLong()).isEqualTo(2);
        Answer all = api.get("admin", "/xenith/v1/vms/usage");
        assertThat(all.json().get(0).path("host").asText()).isEqualTo("one");
        assertThat(all.json().get(0).path("usage").path("networkSentBytes").asLong())
                .isEqualTo(7);
        assertThat(api.get("otto", "/xenith/v1/vms/usage").json()).isEmpty();
    }

    @Test
    void aHostIsDrainedAndThenRemoved() {
        VmId vm = running();
        api.cloud.addHost("two");

        Answer draining = api.post("admin", "/xenith/v1/hosts/one/drain", "");

        assertThat(draining.json().path("state").asText()).isEqualTo("draining");
        assertThat(hostAfterMove(vm)).isEqualTo("two");
        assertThat(api.delete("admin", "/xenith/v1/hosts/one").status()).isEqualTo(204);
    }

    @Test
    void machinesOfAHostThatAnOperatorCallsOffAreStartedElsewhere() {
        VmId vm = running();
        api.cloud.addHost("two");
        String fence = "/xenith/v1/hosts/one/fence";
        assertThat(api.post("admin", fence, "{\"confirmed\":true}").code()).isEqualTo("WrongState");
        api.cloud.host("one").unreachable = true;
        api.cloud.await(() -> api.get("admin", "/xenith/v1/hosts/one")
                .json()
                .path("state")
                .asText()
                .equals("error"));

        assertThat(api.post("admin", fence, "{}").message()).contains("'confirmed' must be true");
        assertThat(api.post("mia", fence, "{\"confirmed\":true}").code()).isEqualTo("NotAllowed");
        Answer fenced = api.post("admin", fence, "{\"confirmed\":true}");

        assertThat(fenced.json().path("state").asText()).isEqualTo("fenced");
        api.cloud.awaitVm(vm, now -> now.state() == VmState.RUNNING && now.work() == Work.NONE);
        assertThat(show(vm).json().path("host").asText()).isEqualTo("two");
    }

    @Test
    void aMigrationAddressIsKeptAndOneThatIsNoneIsRefused() {
        Answer added = api.post(
                "admin",
                "/xenith/v1/hosts",
                "{\"name\":\"three\",\"uri\":\"fake://three\",\"migrationAddress\":\"10.77.0.3\"}");
        assertThat(added.json().path("migrationAddress").asText()).isEqualTo("10.77.0.3");

        Answer wrong = api.post(
                "admin",
                "/xenith/v1/hosts",
                "{\"name\":\"four\",\"uri\":\"fake://four\",\"migrationAddress\":\"a b\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.message()).contains("migrationAddress 'a b'");
    }

    @Test
    void operatorsSeeImagesOnTheirWayToHosts() {
        Answer listed = api.get("admin", "/xenith/v1/transfers");

        assertThat(listed.json().get(0).path("image").asText()).isEqualTo("base.img");
        assertThat(listed.json().get(0).path("bytesDone").asLong()).isEqualTo(5);
        assertThat(api.get("mia", "/xenith/v1/transfers").code()).isEqualTo("NotAllowed");
    }

    private VmId running() {
        VirtualMachine vm = api.cloud.launch(1).get(0);
        api.cloud.awaitState(vm.id(), VmState.RUNNING);
        return vm.id();
    }

    private Answer migrate(String user, VmId vm, String body) {
        return api.post(user, "/xenith/v1/vms/" + vm + "/migrate", body);
    }

    private Answer resize(String user, VmId vm, String body) {
        return api.post(user, "/xenith/v1/vms/" + vm + "/resize", body);
    }

    private Answer act(VmId vm, String action, String body) {
        return api.post("admin", "/xenith/v1/vms/" + vm + "/" + action, body);
    }

    private Answer show(VmId vm) {
        return api.get("admin", "/xenith/v1/vms/" + vm);
    }

    private String hostAfterMove(VmId vm) {
        api.cloud.awaitVm(
                vm,
                now -> now.state() == VmState.RUNNING
                        && now.work() == Work.NONE
                        && now.target().isEmpty());
        api.cloud.await(() -> show(vm).json().path("work").asText().equals("none"));
        return show(vm).json().path("host").asText();
    }
}
