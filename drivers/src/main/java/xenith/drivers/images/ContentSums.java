package xenith.drivers.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** SHA-256 of files, remembered while a file keeps its size and time of change. Thread-safe. */
final class ContentSums {
    private static final int MAX_REMEMBERED = 1024;
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final Map<Version, String> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Version(Path file, long bytes, FileTime changed) {}

    /** In hexadecimal. */
    String of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Version version = new Version(file, attributes.size(), attributes.lastModifiedTime());
        synchronized (known) {
            String sum = known.get(version);
            if (sum != null) {
                return sum;
            }
        }
        String sum = read(file);
        synchronized (known) {
            known.put(version, sum);
        }
        return sum;
    }

    private static String read(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                digest.update(chunk, 0, got);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
