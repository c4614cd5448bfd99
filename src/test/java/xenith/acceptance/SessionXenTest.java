package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The session of the README on real Xen hosts, and machines that move between them. */
@EnabledIfSystemProperty(
        named = "xenith.lab.home",
        matches = ".+",
        disabledReason = "there is no lab; ./xenith test --lab starts one")
class SessionXenTest {
    private static final Pattern BEAT = Pattern.compile("beat ([0-9]+) ([0-9.]+)");
    private static final String COUNTING = """
            #!/bin/sh
            (n=0; while :; do n=$((n+1)); echo "beat $n $(cut -d' ' -f1 /proc/uptime)" >/dev/console; usleep 200000; done) &
            """;

    private static RunningCloud cloud;
    private static OnXen xen;

    /** One line of a guest that counts. */
    private record Beat(int number, double uptimeSeconds) {}

    @BeforeAll
    static void up() {
        cloud = RunningCloud.lab();
        xen = new OnXen(cloud);
    }

    /** A host that is slow is in error for a while. */
    @BeforeEach
    void awaitHosts() {
        for (String host : List.of("hv1", "hv2")) {
            RunningCloud.await("on", () -> xen.host(host).path("state").asText());
        }
    }

    @AfterAll
    static void down() {
        cloud.close();
    }

    @Test
    void hostsShowWhatTheyAreAndHave() {
        assertThat(xen.json("host", "list")).hasSize(2).allSatisfy(host -> {
            assertThat(host.path("hypervisor").asText()).isEqualTo("Xen");
            assertThat(host.path("version").asText()).startsWith("4.17");
            assertThat(host.path("capacity").path("memoryMib").asLong()).isGreaterThan(500);
            assertThat(host.path("usage").path("free").path("memoryMib").asLong())
                    .isGreaterThan(0);
        });
    }

    @Test
    void aGuestBootsShowsItsUserDataStopsStartsAndEnds() {
        String nonce = UUID.randomUUID().toString();
        String instance = xen.launch(nonce);
        xen.awaitState(instance, "running");
        RunningCloud.await("shown", () -> xen.console(instance).contains(nonce) ? "shown" : "not shown");
        String address = cloud.aws(
                "describe-instances",
                "--instance-ids",
                instance,
                "--query",
                "Reservations[0].Instances[0].PrivateIpAddress");
        assertThat(xen.console(instance)).contains("Linux version").contains("address: " + address);

        cloud.killGateway();
        cloud.up().succeeded();
        xen.awaitState(instance, "running");

        cloud.aws("stop-instances", "--instance-ids", instance);
        xen.awaitState(instance, "off");
        cloud.aws("start-instances", "--instance-ids", instance);
        xen.awaitState(instance, "running");
        RunningCloud.await("2", () -> xen.console(instance).contains("boot number 2") ? "2" : "1");

        cloud.aws("terminate-instances", "--instance-ids", instance);
        xen.awaitState(instance, "ended");
        assertThat(cloud.home().resolve("instances")).isEmptyDirectory();
    }

    @Test
    void theSessionRunsThroughOverSoapByAnOldClient() {
        XFireClient.session(cloud).succeeded();
    }

    @Test
    void aGuestThatCountsGoesOnCountingWhileItMovesAndAfterItWasStopped() {
        String instance = xen.launch(COUNTING);
        awaitBeat(instance, 10);
        String source = xen.vm(instance).path("host").asText();
        String target = source.equals("hv1") ? "hv2" : "hv1";
        awaitHosts();

        cloud.xenith("vm", "migrate", "--live", instance, target, "--wait", "300")
                .succeeded();

        int moved = beats(instance).size();
        awaitBeat(instance, moved + 10);
        xen.assertRunsOnlyOn(instance, target, source);
        List<Beat> beats = beats(instance);
        assertThat(beats).extracting(Beat::number).isEqualTo(numbersTo(beats.size()));
        System.out.println("live migration: longest pause of the guest " + longestPause(beats) + " s");

        cloud.xenith("vm", "stop", instance, "--wait", "120").succeeded();
        assertThat(xen.vm(instance).path("host").isNull()).isTrue();
        int stopped = beats(instance).size();
        cloud.xenith("vm", "start", instance, "--host", source, "--wait", "120").succeeded();
        awaitBeat(instance, stopped + 10);
        xen.assertRunsOnlyOn(instance, source, target);

        cloud.xenith("vm", "terminate", instance, "--wait", "120").succeeded();
        assertThat(xen.domains("hv1") + xen.domains("hv2")).isBlank();
    }

    private static void awaitBeat(String instance, int number) {
        RunningCloud.await(
                "heard",
                () -> beats(instance).stream().anyMatch(beat -> beat.number() >= number) ? "heard" : "not heard");
    }

    /** What the console holds of them, in order. */
    private static List<Beat> beats(String instance) {
        List<Beat> beats = new ArrayList<>();
        Matcher line = BEAT.matcher(xen.console(instance));
        while (line.find()) {
            beats.add(new Beat(Integer.parseInt(line.group(1)), Double.parseDouble(line.group(2))));
        }
        return beats;
    }

    private static List<Integer> numbersTo(int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= last; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static double longestPause(List<Beat> beats) {
        double longest = 0;
        for (int i = 1; i < beats.size(); i++) {
            longest = Math.max(
                    longest, beats.get(i).uptimeSeconds() - beats.get(i - 1).uptimeSeconds());
        }
        return longest;
    }
}
