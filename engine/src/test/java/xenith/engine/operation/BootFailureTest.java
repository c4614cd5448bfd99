package xenith.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BootFailureTest {
    @Test
    void aPanicIsTheEndWhenNothingComesAfterIt() {
        String panic = """
                [    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs
                [    1.3] ---[ end Kernel panic - not syncing: VFS: Unable to mount root fs ]---
                """;

        assertThat(failureIn(panic)).startsWith("its kernel panicked: [    1.3] ---[ end Kernel panic");
        assertThat(failureIn(panic + "login: ")).isEmpty();
    }

    @Test
    void aDiskWithoutABootLoaderIsTheEnd() {
        assertThat(failureIn("Booting from Hard Disk...\nBoot failed: not a bootable disk\n\nNo bootable device.\n"))
                .isEqualTo("its firmware found nothing to boot: No bootable device.");
    }

    @Test
    void aGuestThatStillBootsHasNotFailed() {
        assertThat(failureIn("")).isEmpty();
        assertThat(failureIn("[    0.0] Linux version 6.1\n[    0.1] Command line: panic=1\n"))
                .isEmpty();
    }

    @Test
    void firmwareSpeaksForNoKernel() {
        assertThat(BootFailure.isSilent("SeaBIOS (version 1)\nBooting from ROM..".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(BootFailure.isSilent("Booting from ROM..\nLinux version 6".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    private static String failureIn(String console) {
        return BootFailure.in(console.getBytes(StandardCharsets.UTF_8)).orElse("");
    }
}
