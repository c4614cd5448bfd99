package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.DriverException;

class KeptConsolesTest {
    private static final int ALL = 1 << 20;
    private final UUID vm = UUID.randomUUID();

    @TempDir
    Path directory;

    private KeptConsoles kept;

    @BeforeEach
    void open() {
        kept = new KeptConsoles(directory);
    }

    @Test
    void whatHostsLeaveIsJoined() throws DriverException {
        kept.add(vm, bytes("one "));
        kept.add(vm, bytes("two "));
        kept.add(vm, new byte[0]);

        assertThat(kept.tail(vm, ALL)).isEqualTo(bytes("one two "));
        assertThat(kept.tail(vm, 3)).isEqualTo(bytes("wo "));
        assertThat(kept.tail(UUID.randomUUID(), ALL)).isEmpty();
    }

    @Test
    void whatIsAddedAgainIsThereOnce() throws DriverException {
        kept.add(vm, bytes("one "));
        kept.add(vm, bytes("two "));
        kept.add(vm, bytes("two "));

        assertThat(kept.tail(vm, ALL)).isEqualTo(bytes("one two "));
    }

    @Test
    void noMoreThanTheEndIsKept() throws DriverException {
        byte[] much = new byte[KeptConsoles.MAX_BYTES];
        Arrays.fill(much, (byte) 'x');
        kept.add(vm, much);
        kept.add(vm, bytes("end"));

        assertThat(kept.tail(vm, ALL)).hasSize(KeptConsoles.MAX_BYTES).endsWith(bytes("xend"));
    }

    @Test
    void nothingIsLeftOfAForgottenMachine() throws DriverException {
        kept.add(vm, bytes("one"));
        kept.remove(vm);
        kept.remove(vm);

        assertThat(directory).isEmptyDirectory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
