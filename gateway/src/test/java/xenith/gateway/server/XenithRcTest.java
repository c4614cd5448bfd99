package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Role;
import xenith.engine.model.UserId;

class XenithRcTest {
    private static final Endpoints PLAIN = new Endpoints("http://127.0.0.1:1/", Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void aShellReadsBackWhatWasWrittenWhateverTheHomeIsCalled() throws Exception {
        Path home = Files.createDirectory(directory.resolve("a 'quoted' $HOME `x`"));
        XenithRc.write(home, PLAIN, "xenith", operator(home));

        String read = shell(home, ". ./xenithrc; . ./xenithrc; printf '%s\\n' \"$XENITH_HOME\" \"$PATH\"");

        assertThat(read.lines().toList()).containsExactly(home.toString(), home.resolve("bin") + ":/usr/bin:/bin");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        XenithRc.write(directory, PLAIN, "xenith", operator(directory));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("xenithrc"))))
                .isEqualTo("rw-------");
    }

    private static Bootstrap.Operator operator(Path home) {
        Caller caller = new Caller(new AccountId("123456789012"), new UserId(1), Role.OPERATOR);
        return new Bootstrap.Operator(caller, "AKIA", "secret", home.resolve("cert.pem"), home.resolve("pk.pem"));
    }

    private static String shell(Path home, String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script).directory(home.toFile());
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
