package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Real Xen hosts whose plug is pulled while machines start and move. Each host is fenced before anything starts elsewhere. */
@EnabledIfSystemProperty(
        named = "xenith.lab.home",
        matches = ".+",
        disabledReason = "there is no lab; ./xenith test --lab starts one")
class PowerCutXenTest {
    private static final String VICTIM = "hv2";
    private static final String OTHER = "hv1";

    /** As many as the host that is left has room for; it starts them one after the other. */
    private static final int LAUNCHES = Boolean.getBoolean("xenith.long") ? 10 : 6;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private RunningCloud cloud;
    private OnXen xen;

    @BeforeEach
    void up() throws IOException {
        Path home = Path.of(System.getProperty("xenith.lab.home")).toAbsolutePath();
        Path fence = home.resolve("fence");
        Files.writeString(
                fence,
                "#!/bin/sh\nexec " + RunningCloud.ROOT.resolve("xenith") + " lab kill \"$1\" --home " + home + "\n");
        Files.setPosixFilePermissions(fence, PosixFilePermissions.fromString("rwx------"));
        cloud = RunningCloud.lab("recovery.fencing.command = " + fence, "recovery.afterSeconds = 30");
        xen = new OnXen(cloud);
        for (String host : List.of(OTHER, VICTIM)) {
            RunningCloud.await("on", () -> xen.host(host).path("state").asText());
        }
    }

    @AfterEach
    void down() {
        try {
            cloud.xenith("lab", "up").succeeded();
            cloud.xenith("host", "enable", VICTIM).succeeded();
            RunningCloud.await("on", () -> xen.host(VICTIM).path("state").asText());
            assertThat(xen.domains(OTHER) + xen.domains(VICTIM)).isBlank();
        } finally {
            cloud.close();
        }
    }

    @Test
    void everyMachineThatWasBeingLaunchedEndsOnOneHostOrSaysWhyNot() {
        List<String> instances = IntStream.range(0, LAUNCHES)
                .mapToObj(number -> xen.launch("number " + number))
                .toList();
        RunningCloud.await(
                "some",
                () -> instances.stream().anyMatch(instance -> isStartingOn(instance, VICTIM)) ? "some" : "none");

        cloud.xenith("lab", "kill", VICTIM).succeeded();

        RunningCloud.await("fenced", () -> xen.host(VICTIM).path("state").asText());
        for (String instance : instances) {
            RunningCloud.await(
                    "settled",
                    () -> isSettled(instance) ? "settled" : xen.vm(instance).toString(),
                    PATIENCE);
        }
        String there = xen.domains(OTHER);
        for (String instance : instances) {
            boolean runs = xen.state(instance).equals("running");
            assertThat(there.contains(xen.vm(instance).path("uuid").asText()))
                    .as("%s runs on %s: %s", instance, OTHER, xen.vm(instance))
                    .isEqualTo(runs);
            cloud.aws("terminate-instances", "--instance-ids", instance);
        }
        instances.forEach(instance -> xen.awaitState(instance, "ended"));
        assertThat(cloud.home().resolve("instances")).isEmptyDirectory();
    }

    @Test
    void aMachineWhoseTargetDiesWhileItMovesRunsOnWhereItWas() {
        String instance = xen.launch("moves");
        xen.awaitState(instance, "running");
        if (!xen.vm(instance).path("host").asText().equals(OTHER)) {
            cloud.xenith("vm", "migrate", "--live", instance, OTHER, "--wait", "300")
                    .succeeded();
        }
        RunningCloud.await("ready", () -> xen.console(instance).contains("guest ready") ? "ready" : "not ready");
        cloud.xenith("vm", "migrate", "--live", instance, VICTIM).succeeded();
        RunningCloud.await("under way", () -> xen.domains(VICTIM).isBlank() ? "not yet" : "under way");

        cloud.xenith("lab", "kill", VICTIM).succeeded();

        // A move that was quicker than the power cut has its machine started here once the other host is fenced.
        RunningCloud.await("running on " + OTHER, () -> {
            var vm = xen.vm(instance);
            return OnXen.state(vm) + " on " + vm.path("host").asText();
        });
        assertThat(xen.domains(OTHER)).contains(xen.vm(instance).path("uuid").asText());
        cloud.xenith("vm", "reboot", instance, "--wait", "60").succeeded();
        RunningCloud.await("2", () -> xen.console(instance).contains("boot number 2") ? "2" : "1");
        RunningCloud.await(
                "fenced or in error",
                () -> Set.of("fenced", "error")
                                .contains(xen.host(VICTIM).path("state").asText())
                        ? "fenced or in error"
                        : "not seen");
        cloud.xenith("vm", "terminate", instance, "--wait", "120").succeeded();
    }

    private boolean isStartingOn(String instance, String host) {
        var vm = xen.vm(instance);
        return vm.path("host").asText().equals(host) && vm.path("work").asText().equals("start");
    }

    /** On the other host, or waiting for room there and saying so, or ended with a reason. */
    private boolean isSettled(String instance) {
        var vm = xen.vm(instance);
        if (!vm.path("work").asText().equals("none")) {
            return false;
        }
        return switch (vm.path("state").asText()) {
            case "running" -> vm.path("host").asText().equals(OTHER);
            case "pending", "displaced" -> vm.path("waits").asText().startsWith("no host");
            case "ended" -> !vm.path("reason").asText().isEmpty();
            default -> false;
        };
    }
}
