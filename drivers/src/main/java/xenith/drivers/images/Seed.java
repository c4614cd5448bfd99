package xenith.drivers.images;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import xenith.engine.model.Contextualization;

/** A disk in the format of cloud-init's NoCloud: labelled cidata, with meta-data and user-data. */
final class Seed {
    private Seed() {}

    static byte[] of(Contextualization context) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("meta-data", metadata(context).getBytes(StandardCharsets.UTF_8));
        files.put("user-data", Base64.getDecoder().decode(context.userDataBase64()));
        return FatDisk.of("CIDATA", files);
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
