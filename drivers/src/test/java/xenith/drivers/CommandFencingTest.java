package xenith.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.HostId;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;

class CommandFencingTest {
    private static final HostEndpoint HOST =
            new HostEndpoint(new HostId(1), "hv1", "xen+tls://hv1/system", Optional.empty(), UUID.randomUUID());

    @TempDir
    Path directory;

    @Test
    void theProgramIsToldWhichHostAndItsSuccessIsCertainty() throws Exception {
        Path told = directory.resolve("told");

        new CommandFencing(program("echo \"$1 $2\" >" + told), 10).fence(HOST);

        assertThat(told).content().isEqualTo("hv1 xen+tls://hv1/system\n");
    }

    @Test
    void aProgramThatFailsLeavesTheHostUnfenced() throws Exception {
        CommandFencing fencing = new CommandFencing(program("exit 3"), 10);

        assertThatThrownBy(() -> fencing.fence(HOST))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("ended with status 3");
    }

    @Test
    void theLastLinesOfAProgramThatFailsAreTold() throws Exception {
        CommandFencing fencing = new CommandFencing(program("seq 10000; echo; echo 'no such outlet' >&2; exit 3"), 10);

        assertThatThrownBy(() -> fencing.fence(HOST))
                .hasMessageEndingWith(" / 9999 / 10000 / no such outlet")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1_000));
    }

    @Test
    void aProgramWhoseChildStaysIsNotWaitedFor() throws Exception {
        new CommandFencing(program("sleep 5 & echo off"), 10).fence(HOST);
    }

    @Test
    void aProgramThatHangsIsEndedAndLeavesTheHostUnfenced() throws Exception {
        CommandFencing fencing = new CommandFencing(program("exec sleep 60"), 1);

        assertThatThrownBy(() -> fencing.fence(HOST)).hasMessageContaining("did not end within 1 s");
    }

    @Test
    void aProgramThatIsNotThereLeavesTheHostUnfenced() {
        CommandFencing fencing = new CommandFencing(directory.resolve("none"), 10);

        assertThatThrownBy(() -> fencing.fence(HOST)).hasMessageContaining("cannot be run");
    }

    private Path program(String body) throws IOException {
        Path program = directory.resolve("fence");
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}
