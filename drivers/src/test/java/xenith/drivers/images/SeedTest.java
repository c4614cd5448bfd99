package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xenith.engine.model.Contextualization;

/** That guests can read the seed is seen where real ones boot. */
class SeedTest {
    @Test
    void userDataIsThereByteForByte() {
        String data = "#!/bin/sh\n\u00e4\u0000\u0001 end";
        String encoded = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));

        byte[] disk = Seed.of(new Contextualization("i-1", "guest", encoded, List.of("ssh-rsa AAAA me")), List.of());

        assertThat(text(disk)).contains(new String(data.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        assertThat(text(disk)).contains("CIDATA", "instance-id: \"i-1\"", "  - \"ssh-rsa AAAA me\"");
    }

    @Test
    void aKeyCannotAddLinesToTheMetadata() {
        byte[] disk = Seed.of(new Contextualization("i-1", "guest", "", List.of("ssh-rsa A \"x\nevil: 1")), List.of());

        assertThat(text(disk)).contains("\\\"x\\x0aevil: 1\"").doesNotContain("\nevil");
    }

    @Test
    void equalContextsMakeEqualSeeds() {
        Contextualization context = new Contextualization("i-1", "guest", "aGVsbG8=", List.of());

        assertThat(Seed.of(context, List.of())).isEqualTo(Seed.of(context, List.of()));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> FatDisk.of("CIDATA", Map.of("user-data", new byte[3 << 20])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(byte[] disk) {
        return new String(disk, StandardCharsets.ISO_8859_1);
    }
}
