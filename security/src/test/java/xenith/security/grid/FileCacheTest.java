package xenith.security.grid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.security.x509.InvalidCertificateException;

class FileCacheTest {
    @TempDir
    Path directory;

    private final AtomicInteger parsed = new AtomicInteger();
    private final FileCache<String> cache = new FileCache<>((file, bytes) -> {
        parsed.incrementAndGet();
        String text = new String(bytes, UTF_8);
        if (text.startsWith("damaged")) {
            throw new InvalidCertificateException("it is damaged");
        }
        return text;
    });

    @Test
    void aFileThatComesGoesAndChangesIsSeenAtOnce() throws Exception {
        Path file = directory.resolve("a");

        assertThat(cache.find(file)).isEmpty();
        Files.writeString(file, "one");
        assertThat(cache.find(file)).contains("one");
        Files.writeString(file, "two");
        assertThat(cache.find(file)).contains("two");
        Files.delete(file);
        assertThat(cache.find(file)).isEmpty();
        assertThatThrownBy(() -> cache.require(file)).hasMessage(file + ": the file is missing");
    }

    @Test
    void anotherFileUnderTheSameNameWithTheSameTimesIsSeen() throws Exception {
        Path file = directory.resolve("a");
        FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(Files.writeString(file, "one"), time);
        assertThat(cache.find(file)).contains("one");

        Files.setLastModifiedTime(Files.writeString(directory.resolve("b"), "two"), time);
        Files.move(directory.resolve("b"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(cache.find(file)).contains("two");
    }

    @Test
    void theTargetOfALinkIsWhatCounts() throws Exception {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.resolve("target"));

        assertThat(cache.find(link)).isEmpty();
        Files.writeString(directory.resolve("target"), "one");
        assertThat(cache.find(link)).contains("one");
    }

    @Test
    void aFileThatRestsIsParsedOnce() throws Exception {
        Path rests = Path.of("/proc/self/exe").toRealPath();
        FileCache<Integer> sizes = new FileCache<>((file, bytes) -> {
            parsed.incrementAndGet();
            return bytes.length;
        });

        assertThat(sizes.find(rests)).isPresent();
        assertThat(sizes.find(rests)).isPresent();
        assertThat(parsed).hasValue(1);
    }

    @Test
    void aDamagedFileIsRefusedWithItsNameUntilItIsMended() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "damaged");

        assertThatThrownBy(() -> cache.find(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessage(file + ": it is damaged");
        Files.writeString(file, "mended");
        assertThat(cache.find(file)).contains("mended");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws Exception {
        Path file = directory.resolve("a");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(FileCache.MAX_BYTES + 1L);
        }

        assertThatThrownBy(() -> cache.find(file)).hasMessageContaining("more than " + FileCache.MAX_BYTES);
        assertThat(parsed).hasValue(0);
    }
}
