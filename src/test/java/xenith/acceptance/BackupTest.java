package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.store.Database;
import xenith.engine.store.PostgresServer;

/** A cloud that is backed up while it serves, and another home that is made from that. */
class BackupTest {
    @TempDir
    Path folder;

    @Test
    void aHomeThatIsRestoredHasTheCloudAsItWas() {
        try (RunningCloud cloud = RunningCloud.simulated(2)) {
            String instance = launched(cloud);
            Path file = folder.resolve("running.backup");
            cloud.xenith("backup", file.toString()).succeeded();

            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(cloud.home().resolve("backup")).doesNotExist();
            assertIsRestored(instance, cloud, file);
            assertThat(cloud.xenith("restore", file.toString()).errors()).contains("is not empty");
            cloud.xenith("down").succeeded();
            Path second = folder.resolve("down.backup");
            cloud.xenith("backup", second.toString()).succeeded();
            assertIsRestored(instance, cloud, second);
            cloud.up().succeeded();
        }
    }

    @Test
    void aCloudOnPostgresIsRestoredIntoAnotherDatabase() throws IOException {
        Path password = folder.resolve("password");
        try (PostgresServer server = new PostgresServer()) {
            Files.writeString(password, server.login().password());
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            Database first = server.database();
            try (RunningCloud cloud = RunningCloud.configured(List.of(
                    "driver = sim",
                    "gateway.tls.port = none",
                    "database.url = " + first.jdbcUrl(),
                    "database.user = " + server.login().user(),
                    "database.passwordFile = " + password))) {
                String instance = launched(cloud);
                Path file = folder.resolve("postgres.backup");
                cloud.xenith("backup", file.toString()).succeeded();

                assertThat(restore(file, newHome()).errors()).contains("is not empty; name another with --database");
                String url = server.database()
                        .jdbcUrl()
                        .replace(
                                "jdbc:postgresql://",
                                "postgresql://" + server.login().user() + "@");
                assertIsRestored(
                        instance, cloud, file, "--database", url, "--database-password-file", password.toString());
            }
        }
    }

    private void assertIsRestored(String instance, RunningCloud original, Path file, String... more) {
        Path home = newHome();
        restore(file, home, more).succeeded();
        try (RunningCloud restored = RunningCloud.of(home)) {
            assertThat(restored.environment().get("AWS_SECRET_ACCESS_KEY"))
                    .isEqualTo(original.environment().get("AWS_SECRET_ACCESS_KEY"));
            assertThat(restored.aws("describe-instances", "--query", "Reservations[].Instances[].InstanceId")
                            .strip())
                    .isEqualTo(instance);
        }
    }

    private static CommandResult restore(Path file, Path home, String... more) {
        List<String> words = new ArrayList<>(List.of(
                RunningCloud.ROOT.resolve("xenith").toString(), "restore", file.toString(), "--home", home.toString()));
        words.addAll(List.of(more));
        return Commands.run(RunningCloud.ROOT, Map.of(), words);
    }

    private static String launched(RunningCloud cloud) {
        String instance = cloud.aws(
                        "run-instances",
                        "--image-id",
                        Instances.machineImage(cloud),
                        "--instance-type",
                        "m1.small",
                        "--query",
                        "Instances[0].InstanceId")
                .strip();
        cloud.aws("wait", "instance-running", "--instance-ids", instance);
        return instance;
    }

    /** One that is not there yet, outside of the folder that a test's end removes with what is in it. */
    private Path newHome() {
        return Path.of("/tmp", "xenith-restored-" + UUID.randomUUID());
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
