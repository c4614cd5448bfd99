package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An image that boots from its own disk, and whose cloud-init, as Debian has it, reads what the cloud tells it. */
class DebianImageTest {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

    /** A whole Debian in software emulation, on a machine that has other things to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static RunningCloud cloud;

    @BeforeAll
    static void up() {
        cloud = RunningCloud.real();
    }

    @AfterAll
    static void down() {
        cloud.close();
    }

    @Test
    void itsUserLogsInByKeyPairAndItsUserDataRunsOnce() throws IOException {
        String image = cloud.xenith("image", "build", "debian", "--no-install").succeeded();
        Path key = cloud.home().resolve("me.pem");
        Files.writeString(key, cloud.aws("create-key-pair", "--key-name", "me", "--query", "KeyMaterial"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String instance = cloud.aws(
                "run-instances",
                "--image-id",
                image,
                "--instance-type",
                "m1.small",
                "--key-name",
                "me",
                "--user-data",
                "#!/bin/sh\necho told >>/var/lib/told\n",
                "--query",
                "Instances[0].InstanceId");
        awaitBoot(key, instance, "no other");

        assertThat(ssh(key, instance, "hostname; cat /var/lib/told; findmnt -no SOURCE /")
                        .succeeded())
                .isEqualTo(instance + "\ntold\n/dev/vda1");
        assertThat(cloud.xenith("ssh", instance, "-l", "root", "-i", key.toString(), "id")
                        .output())
                .contains("Please login as the user \"debian\"");

        String boot = ssh(key, instance, "cat", BOOT_ID).succeeded();
        cloud.xenith("vm", "reboot", instance).succeeded();
        awaitBoot(key, instance, boot);
        assertThat(console(instance)).contains("Datasource DataSourceNoCloud");
        assertThat(ssh(key, instance, "cat", "/var/lib/told").succeeded()).isEqualTo("told");
    }

    private static void awaitBoot(Path key, String instance, String earlier) {
        RunningCloud.await(
                "booted",
                () -> {
                    CommandResult now = ssh(key, instance, "cat", BOOT_ID);
                    return now.status() != 0 || now.output().contains(earlier) ? now.errors() : "booted";
                },
                PATIENCE);
        assertThat(ssh(key, instance, "cloud-init", "status", "--wait").succeeded())
                .endsWith("status: done");
    }

    private static CommandResult ssh(Path key, String instance, String... words) {
        String[] all = new String[6 + words.length];
        System.arraycopy(new String[] {"ssh", instance, "-l", "debian", "-i", key.toString()}, 0, all, 0, 6);
        System.arraycopy(words, 0, all, 6, words.length);
        return cloud.xenith(all);
    }

    private static String console(String instance) {
        return cloud.aws("get-console-output", "--instance-id", instance, "--query", "Output");
    }
}
