package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session of the README, by the AWS command line, with a real guest. */
class RealGuestSessionTest {
    private static RunningCloud cloud;

    @BeforeAll
    static void up() {
        cloud = RunningCloud.real();
    }

    @AfterAll
    static void down() {
        cloud.close();
        String namespaces = Commands.run(RunningCloud.ROOT, Map.of(), List.of("ip", "netns", "list"))
                .succeeded();
        assertThat(namespaces).doesNotContain(cloud.home().getFileName().toString());
        assertThat(cloud.home()).doesNotExist();
    }

    @Test
    void aGuestBootsShowsItsUserDataStopsStartsAndEnds() {
        String nonce = UUID.randomUUID().toString();
        String image = cloud.aws(
                "describe-images", "--filters", "Name=image-type,Values=machine", "--query", "Images[0].ImageId");
        cloud.aws("create-key-pair", "--key-name", "me", "--query", "KeyMaterial");
        String instance = cloud.aws(
                "run-instances",
                "--image-id",
                image,
                "--instance-type",
                "m1.small",
                "--key-name",
                "me",
                "--user-data",
                nonce,
                "--query",
                "Instances[0].InstanceId");
        awaitState(instance, "running");
        RunningCloud.await("shown", () -> console(instance).contains(nonce) ? "shown" : "not shown");
        String address = cloud.aws(
                "describe-instances",
                "--instance-ids",
                instance,
                "--query",
                "Reservations[0].Instances[0].PrivateIpAddress");
        assertThat(console(instance)).contains("Linux version").contains(address);

        cloud.killGateway();
        cloud.up().succeeded();
        awaitState(instance, "running");

        cloud.aws("stop-instances", "--instance-ids", instance);
        awaitState(instance, "stopped");
        String toldAnew = UUID.randomUUID().toString();
        modify(instance, "userData", Base64.getEncoder().encodeToString(toldAnew.getBytes(StandardCharsets.UTF_8)));
        modify(instance, "instanceType", "m1.medium");
        cloud.aws("start-instances", "--instance-ids", instance);
        awaitState(instance, "running");
        RunningCloud.await("shown", () -> console(instance).contains(toldAnew) ? "shown" : "not shown");
        RunningCloud.await("2", () -> console(instance).contains("boot number 2") ? "2" : "1");

        cloud.xenith("down").succeeded();
        cloud.up().succeeded();
        awaitState(instance, "stopped");

        cloud.aws("terminate-instances", "--instance-ids", instance);
        awaitState(instance, "terminated");
        assertThat(cloud.home().resolve("instances"))
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
        assertThat(Files.exists(cloud.home().resolve("xenithrc"))).isTrue();
    }

    @Test
    void theSessionRunsThroughOverSoapByAnOldClient() {
        XFireClient.session(cloud).succeeded();
    }

    @Test
    void guestsThatNeverBootAreTerminatedAndSayWhy() throws IOException {
        byte[] nothing = new byte[1024 * 1024];
        new Random(13).nextBytes(nothing);
        Files.write(cloud.home().resolve("images/nothing.img"), nothing);
        String kernel = cloud.aws(
                "describe-images", "--filters", "Name=image-type,Values=kernel", "--query", "Images[0].ImageId");
        String withoutSystem = launched("--image-location", "nothing.img");
        String withoutRamdisk = launched("--image-location", "mini/root.qcow2", "--kernel-id", kernel);

        awaitState(withoutSystem, "terminated");
        awaitState(withoutRamdisk, "terminated");

        assertThat(reason(withoutSystem)).contains("did not boot").contains("No bootable device");
        assertThat(reason(withoutRamdisk)).contains("did not boot").contains("Kernel panic");
    }

    private static String launched(String... location) {
        List<String> words = new ArrayList<>(
                List.of("register-image", "--name", UUID.randomUUID().toString()));
        words.addAll(List.of(location));
        words.addAll(List.of("--architecture", "x86_64", "--query", "ImageId"));
        String image = cloud.aws(words.toArray(String[]::new));
        return cloud.aws(
                "run-instances",
                "--image-id",
                image,
                "--instance-type",
                "t1.micro",
                "--query",
                "Instances[0].InstanceId");
    }

    private static String reason(String instance) {
        return cloud.aws(
                "describe-instances",
                "--instance-ids",
                instance,
                "--query",
                "Reservations[0].Instances[0].StateReason.Message");
    }

    private static void modify(String instance, String attribute, String value) {
        cloud.aws("modify-instance-attribute", "--instance-id", instance, "--attribute", attribute, "--value", value);
    }

    private static void awaitState(String instance, String state) {
        RunningCloud.await(
                state,
                () -> cloud.aws(
                        "describe-instances",
                        "--instance-ids",
                        instance,
                        "--query",
                        "Reservations[0].Instances[0].State.Name"));
    }

    private static String console(String instance) {
        return cloud.aws("get-console-output", "--instance-id", instance, "--query", "Output");
    }
}
