package xenith.drivers.images;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xenith.engine.model.Contextualization;
import xenith.engine.port.BootPlan.Card;

/**
 * A disk in the format of cloud-init's NoCloud: labelled cidata, with meta-data and user-data, and with network-config
 * where the guest must be told of its cards.
 */
final class Seed {
    private Seed() {}

    static byte[] of(Contextualization context, List<Card> cards) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("meta-data", metadata(context).getBytes(StandardCharsets.UTF_8));
        files.put("user-data", Base64.getDecoder().decode(context.userDataBase64()));
        if (!cards.isEmpty()) {
            files.put("network-config", networkConfig(cards).getBytes(StandardCharsets.UTF_8));
        }
        return FatDisk.of("CIDATA", files);
    }

    /**
     * Version 2 of cloud-init's network configuration, each card known by its MAC address: the names that kernels give
     * cards are their own. The first card's gateway is the default route.
     */
    private static String networkConfig(List<Card> cards) {
        StringBuilder yaml = new StringBuilder("version: 2\nethernets:\n");
        for (int i = 0; i < cards.size(); i++) {
            Card card = cards.get(i);
            yaml.append("  card").append(i).append(":\n    match:\n");
            yaml.append("      macaddress: ").append(quoted(card.mac())).append('\n');
            yaml.append("    addresses:\n      - ")
                    .append(quoted(card.address() + "/" + card.subnet().prefixLength()))
                    .append('\n');
            if (i == 0) {
                // The word "default" is younger than many images; this is understood by all.
                yaml.append("    routes:\n      - to: \"0.0.0.0/0\"\n        via: ")
                        .append(quoted(card.gateway().toString()))
                        .append('\n');
            }
        }
        return yaml.toString();
    }

    private static String metadata(Contextualization context) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("instance-id: ").append(quoted(context.instanceId())).append('\n');
        yaml.append("local-hostname: ").append(quoted(context.hostname())).append('\n');
        if (!context.publicKeys().isEmpty()) {
            yaml.append("public-keys:\n");
            context.publicKeys()
                    .forEach(key -> yaml.append("  - ").append(quoted(key)).append('\n'));
        }
        return yaml.toString();
    }

    /** YAML's double-quoted style, in which nothing can end the text early. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.strip().toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
