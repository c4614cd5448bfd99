package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What flags of {@code up} and changed settings mean for a home that exists. */
class ChangedSettingsTest {
    private static RunningCloud cloud;
    private static String settings;

    @BeforeAll
    static void up() throws IOException {
        cloud = RunningCloud.simulated(3);
        settings = Files.readString(file());
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @BeforeEach
    void down() throws IOException {
        cloud.xenith("down").succeeded();
        Files.writeString(file(), settings);
    }

    @Test
    void aPortThatIsTakenIsRefusedAndNotRemembered() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandResult refused = cloud.xenith("up", "--port", Integer.toString(other.getLocalPort()));

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.errors()).contains("port " + other.getLocalPort() + " is taken");
        }
        assertThat(Files.readString(file())).isEqualTo(settings);
        cloud.xenith("up").succeeded();
    }

    @Test
    void fewerHostsAreFewerAndWhatHasNoEffectIsSaid() throws IOException {
        Files.writeString(
                file(),
                settings.replaceFirst("(?m)^gateway.address.*\n", "")
                        .replaceFirst("(?m)^network.last.*$", "network.last = 10.84.0.20"));

        CommandResult up = cloud.xenith("up", "--hosts", "1");

        up.succeeded();
        assertThat(up.errors())
                .contains("--hosts changes sim.hosts from 3 to 1", "those without machines are removed")
                .contains("note: network.last is 10.84.0.20 and has no effect");
        assertThat(cloud.xenith("host", "list", "--json").succeeded())
                .contains("\"sim-1\"")
                .doesNotContain("\"sim-2\"", "\"sim-3\"");
    }

    @Test
    void aCloudListensAtAnIpv6AddressToo() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6"))
                && Files.readString(Path.of("/proc/net/if_inet6")).contains(" lo"));
        Files.writeString(file(), settings.replaceFirst("(?m)^gateway.address.*$", "gateway.address = ::1"));

        assertThat(cloud.up().succeeded()).contains("xenithrc");
        assertThat(cloud.environment().get("EC2_URL")).startsWith("http://[0:0:0:0:0:0:0:1]:");
        assertThat(cloud.xenith("status").succeeded()).contains("http://[::1]:", "serving");
    }

    private static Path file() {
        return cloud.home().resolve("xenith.conf");
    }
}
