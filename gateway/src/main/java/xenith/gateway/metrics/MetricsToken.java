package xenith.gateway.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import xenith.security.PrivateFile;

/** What a scraper shows to read the metrics: the content of a file that only the cloud's owner can read. Thread-safe. */
public final class MetricsToken {
    private static final int RANDOM_BYTES = 32;

    private final byte[] expected;

    private MetricsToken(String token) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The file's; one that is not there is made.
     *
     * @throws IOException also for an empty file, which would admit anybody
     */
    public static MetricsToken open(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(file, HexFormat.of().formatHex(random).getBytes(StandardCharsets.UTF_8));
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return new MetricsToken(token);
    }

    /** Takes as long whatever it is shown. */
    boolean admits(String authorization) {
        return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }
}
