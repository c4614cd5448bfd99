package xenith.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.store.Database;

class ConfigurationTest {
    @TempDir
    Path home;

    @Test
    void theTemplateSaysWhatAnEmptyFileMeans() throws Exception {
        try (InputStream template = Configuration.class.getResourceAsStream("xenith.conf")) {
            String text = new String(template.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Configuration written =
                    read(text.replace("@HOST_LOCAL_URI@", "qemu:///system").replace("@TLS_PORT@", "none"));

            assertThat(written).isEqualTo(read(""));
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsLine() {
        assertThatThrownBy(() -> read("gateway.port = 70000\ndriver = xen\n\nno.such.key = 1\nnonsense\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 1: gateway.port '70000' is not a whole number from 1 to 65535")
                .hasMessageContaining("line 2: driver 'xen' is none of libvirt, process, sim")
                .hasMessageContaining("line 4: there is no setting 'no.such.key'")
                .hasMessageContaining("line 5: 'nonsense' is not KEY = VALUE");
    }

    /** The launcher and the command line read the port out of the file. */
    @Test
    void aPortThatIsNotSaidIsRefused() {
        assertThatThrownBy(() -> read("gateway.port = 0\n")).hasMessageContaining("gateway.port '0' is not");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertThatThrownBy(() -> read("sim.seed = 1\nsim.seed = 2\n"))
                .hasMessageContaining("line 2: 'sim.seed' stands in line 1 already");
    }

    @Test
    void aRangeOutsideOfItsSubnetIsRefused() {
        assertThatThrownBy(() -> read("network.first = 192.168.0.1\n")).hasMessageContaining("does not lie in");
    }

    @Test
    void aSharedDatabasesPasswordIsReadFromAFileThatNobodyElseReads() throws Exception {
        Path file = Files.writeString(home.resolve("password"), "secret\n");
        String settings =
                "database.url = jdbc:postgresql://db/cloud\ndatabase.user = ann\ndatabase.passwordFile = " + file;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> read(settings)).hasMessageContaining("may be read by others");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Configuration read = read(settings);

        assertThat(read.database())
                .contains(new Database("jdbc:postgresql://db/cloud", Optional.of(new Database.Login("ann", "secret"))));
        assertThat(read.toString()).contains("jdbc:postgresql://db/cloud").doesNotContain("secret");
    }

    @Test
    void aPasswordInADatabasesUrlIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> read("database.url = jdbc:postgresql://db/cloud?password=secret\n"))
                .hasMessageContaining("line 1: database.url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void driverProcessNeedsAProgramByItsAbsolutePath() throws Exception {
        assertThatThrownBy(() -> read("driver = process\n")).hasMessageContaining("needs driver.command");
        assertThatThrownBy(() -> read("driver = process\ndriver.command = driver.py\n"))
                .hasMessageContaining("line 2: driver.command 'driver.py' is not the absolute path of a program");
        Configuration read = read("driver = process\ndriver.command = /bin/sh -x  y\nhost.local.uri = any://\n");

        assertThat(read.driverCommand()).containsExactly("/bin/sh", "-x", "y");
        assertThat(read.hasLocalHost()).isTrue();
    }

    private Configuration read(String text) throws IOException, ConfigurationException {
        return Configuration.read(Files.writeString(home.resolve("xenith.conf"), text));
    }
}
