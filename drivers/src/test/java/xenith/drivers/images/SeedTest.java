package xenith.drivers.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Ipv4;
import xenith.engine.model.Subnet;
import xenith.engine.port.BootPlan.Card;

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
    void aGuestIsToldOfItsCardsByTheirMacAddresses() {
        Card one = new Card(
                "02:00:0a:00:00:07", Ipv4.parse("10.0.0.7"), Subnet.parse("10.0.0.0/24"), Ipv4.parse("10.0.0.1"));
        Card two = new Card(
                "02:00:0a:01:00:07", Ipv4.parse("10.1.0.7"), Subnet.parse("10.1.0.0/16"), Ipv4.parse("10.1.0.1"));

        byte[] disk = Seed.of(new Contextualization("i-1", "guest", "", List.of()), List.of(one, two));

        assertThat(text(disk)).contains("""
                        version: 2
                        ethernets:
                          card0:
                            match:
                              macaddress: "02:00:0a:00:00:07"
                            addresses:
                              - "10.0.0.7/24"
                            routes:
                              - to: "0.0.0.0/0"
                                via: "10.0.0.1"
                          card1:
                            match:
                              macaddress: "02:00:0a:01:00:07"
                            addresses:
                              - "10.1.0.7/16"
                        """);
        // Its name is longer than one entry holds; the file system has the end of it first.
        assertThat(text(disk)).contains("n\0e\0t\0w\0o").contains("Bg\0\0\0");
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
