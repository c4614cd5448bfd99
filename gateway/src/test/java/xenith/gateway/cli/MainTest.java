package xenith.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.FakeHosts;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.gateway.api.ApiHarness;
import xenith.security.NewAccessKey;

/** The commands, against the interface over HTTP. */
class MainTest {
    @TempDir
    static Path home;

    private static ApiHarness api;

    /** What a command left behind. */
    private record Run(int status, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeAll
    static void open() throws Exception {
        api = new ApiHarness(home);
        api.cloud.addHost("host-1");
        Files.writeString(
                home.resolve("xenith.conf"),
                "# test\ngateway.port = " + api.endpoint().getPort() + "\ncloud.region = xenith\n");
        NewAccessKey key = api.keyOf("admin");
        Files.writeString(
                home.resolve("xenithrc"),
                "export AWS_ACCESS_KEY_ID='" + key.stored().id() + "'\nexport AWS_SECRET_ACCESS_KEY='" + key.secret()
                        + "'\n");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Run run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new Main(environment, new PrintWriter(out), new PrintWriter(err)).run(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    private static Run operator(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        return run(Map.of(), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "user", "image", "host", "vm", "net"})
    void aListIsAnArrayOfThingsWithNamesOrATable(String thing) throws IOException {
        Run json = operator(thing, "list", "--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.status()).isZero();
        assertThat(json.json().isArray()).isTrue();
        json.json().forEach(entry -> assertThat(entry.path("name").isTextual()).isTrue());

        assertThat(operator(thing, "list").out().lines().findFirst().orElseThrow())
                .contains("NAME");
    }

    @Test
    void columnsAreAligned() {
        String[] lines = operator("host", "list").out().split("\n", -1);
        assertThat(lines[1].indexOf("host-1")).isEqualTo(lines[0].indexOf("NAME"));
    }

    @Test
    void whatIsAddedIsShownAndRemoved() {
        assertThat(operator("account", "add", "lab", "--max-vms", "3").status()).isZero();
        assertThat(operator("account", "show", "lab").out()).containsPattern("maxVms +3\n");
        Run removed = operator("account", "rm", "lab");
        assertThat(removed.status()).isZero();
        assertThat(removed.out()).isEmpty();
        assertThat(operator("account", "show", "lab").status()).isEqualTo(1);
    }

    @Test
    void aMachineIsStoppedStartedAndTerminated() {
        VirtualMachine vm = api.cloud.launch(1).get(0);
        String id = vm.id().toString();
        api.cloud.awaitState(vm.id(), VmState.RUNNING);
        assertThat(operator("vm", "shutdown", id).status()).isZero();
        api.cloud.awaitState(vm.id(), VmState.OFF);
        assertThat(operator("vm", "start", id).status()).isZero();
        api.cloud.awaitState(vm.id(), VmState.RUNNING);
        assertThat(operator("vm", "console", id).status()).isZero();
        assertThat(operator("vm", "terminate", id).status()).isZero();
        api.cloud.awaitState(vm.id(), VmState.ENDED);
    }

    @Test
    void aMachineIsMovedAndTheCommandWaitsForIt() {
        VirtualMachine vm = api.cloud.launch(1).get(0);
        String id = vm.id().toString();
        api.cloud.awaitState(vm.id(), VmState.RUNNING);
        api.cloud.addHost("host-9");

        Run moved = operator("vm", "migrate", "--live", id, "host-9", "--wait", "20");
        assertThat(moved.status()).as(moved.err()).isZero();
        assertThat(moved.out()).containsPattern("host +host-9");

        api.cloud.host("host-9").moveFault = FakeHosts.MoveFault.REFUSED;
        Run stayed = operator("vm", "migrate", id, "host-1", "--wait", "20");
        assertThat(stayed.status()).isEqualTo(1);
        assertThat(stayed.err()).contains("it stayed on host-9: the target has no memory left");

        Run smaller = operator("vm", "resize", id, "--memory", "512", "--wait", "20");
        assertThat(smaller.status()).as(smaller.err()).isZero();
        assertThat(smaller.out()).containsPattern("memoryMib\"?[=: ]+512");
        api.cloud.host("host-9").refusesMemoryMib = 256;
        Run kept = operator("vm", "resize", id, "--memory", "256", "--wait", "20");
        assertThat(kept.status()).isEqualTo(1);
        assertThat(kept.err()).contains("it kept 1 processors and 512 MiB: the guest keeps its memory");

        Run top = operator("vm", "top", "--interval", "1");
        assertThat(top.out().lines().findFirst().orElseThrow()).contains("CPU%").contains("MEMORY-MIB");
        assertThat(top.out()).contains("host-9");
        assertThat(operator("vm", "stop", id, "--wait", "20").out()).containsPattern("state +saved");
        assertThat(operator("vm", "start", id, "--host", "host-1", "--wait", "20")
                        .out())
                .containsPattern("host +host-1");
        api.cloud.host("host-1").domains.clear();
        api.cloud.awaitState(vm.id(), VmState.OFF);
        api.cloud.host("host-1").imageGone = true;
        Run failed = operator("vm", "start", id, "--wait", "20");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("it is off: image file kernel is gone");
        api.cloud.host("host-1").imageGone = false;
        assertThat(operator("vm", "terminate", id, "--wait", "20").out()).containsPattern("state +ended");
        assertThat(operator("host", "drain", "host-9", "--wait", "20").out()).containsPattern("state +draining");
        assertThat(operator("host", "fence", "host-9").err()).contains("'confirmed' must be true");
        assertThat(operator("vm", "start", id, "--wait", "soon").status()).isEqualTo(2);
    }

    @Test
    void theFileOfANewUserLetsTheirShellActAndOnlyItsOwnerReadIt() throws IOException {
        Path rc = home.resolve("nina-rc");
        assertThat(operator("user", "add", "nina", "--account", "other", "--rc", rc.toString())
                        .status())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rc)))
                .isEqualTo("rw-------");
        assertThat(home.resolve("nina-rc-key.pem")).content().startsWith("-----BEGIN PRIVATE KEY");

        Map<String, String> environment = new java.util.HashMap<>();
        for (String line : Files.readAllLines(rc)) {
            String[] parts = line.replace("export ", "").replace("'", "").split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        Run asNina = run(environment, "host", "list", "--home", home.toString());
        assertThat(asNina.status()).isEqualTo(1);
        assertThat(asNina.err()).contains("NotAllowed");
        assertThat(run(environment, "vm", "list", "--json").status()).isZero();
        assertThat(operator("user", "add", "nora", "--account", "other", "--rc", rc.toString())
                        .err())
                .contains("there already");
    }

    @Test
    void anEnvironmentThatSpeaksOfAnotherCloudIsPassedOver() {
        Map<String, String> other = Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "x");
        assertThat(run(other, "vm", "list", "--home", home.toString()).status()).isZero();
        assertThat(run(other, "vm", "list").status()).isEqualTo(3);
    }

    @Test
    void whatTheServiceRefusesEndsWithOneAndItsWords() {
        Run run = operator("host", "show", "nowhere");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("HostNotFound").contains("'nowhere'").contains("request ");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vm",
                "explode",
                "vm explode",
                "vm show",
                "vm show a b",
                "host add x",
                "account add x --max-vms many",
                "vm list --colour",
                "user key add"
            })
    void whatIsNotUnderstoodEndsWithTwo(String words) {
        Run run = operator(words.isEmpty() ? new String[0] : words.split(" ", -1));
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isNotEmpty();
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anEmptyNameIsNotTakenForAList() {
        assertThat(operator("vm", "show", "").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "vm --help", "vm list --help", "user key add --help", "shutdown --help"})
    void everyCommandExplainsItself(String words) {
        Run run = operator(words.split(" ", -1));
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: xenith");
    }

    @Test
    void aGroupOfCommandsSaysWhatItIsAbout() {
        assertThat(operator("account", "--help").out()).contains("What can be done with accounts.");
        assertThat(operator("vm", "--help").out()).contains("What can be done with vms.");
    }

    @Test
    void bashCompletesCommandsOfTheLauncherAndOfTheService() throws Exception {
        Run script = run(Map.of(), "completion");
        Path file = Files.writeString(home.resolve("completion"), script.out());
        String asked = "compopt() { :; }; . " + file + "; COMP_WORDS=(xenith vm mig); COMP_CWORD=2; _complete_xenith;"
                + " echo ${COMPREPLY[*]}; COMP_WORDS=(xenith up --la); COMP_CWORD=2; _complete_xenith;"
                + " echo ${COMPREPLY[*]}";
        Process bash = new ProcessBuilder("bash", "-c", asked)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly("migrate", "--lab");
    }

    @Test
    void aServiceThatIsNotThereEndsWithThree(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("xenith.conf"), "gateway.port = 1\n");
        Files.copy(home.resolve("xenithrc"), other.resolve("xenithrc"));
        Run run = run(Map.of(), "vm", "list", "--home", other.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("cannot be reached");
    }

    @Test
    void theShutdownIsAnsweredBeforeTheGatewayStops(@TempDir Path other) throws Exception {
        try (ApiHarness own = new ApiHarness(other)) {
            NewAccessKey key = own.keyOf("admin");
            Map<String, String> environment = Map.of(
                    "XENITH_ENDPOINT",
                    own.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID",
                    key.stored().id(),
                    "AWS_SECRET_ACCESS_KEY",
                    key.secret());
            Run run = run(environment, "shutdown", "--json");
            assertThat(run.json().path("stillRunning").isArray()).isTrue();
            assertThat(own.stopped.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
