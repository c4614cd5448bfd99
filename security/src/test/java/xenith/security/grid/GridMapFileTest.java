package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.security.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.security.Refusal;

class GridMapFileTest {
    @TempDir
    Path directory;

    private GridMapFile map(String text) throws IOException {
        Path file = directory.resolve("grid-mapfile");
        Files.writeString(file, text);
        return new GridMapFile(file);
    }

    private static GridIdentity identity(String line) {
        return new GridIdentity(new GridName(line), new X500Principal("CN=x"), false, Made.NOW, List.of());
    }

    @Test
    void theFirstAccountOfTheLineIsTheDefault() throws Exception {
        GridMapFile map = map("""
                # grid-mapfile

                "/O=Grid/CN=Alice User" alice, research ,ops
                  /O=Grid/CN=host/a.example.org   robot
                """);

        assertThat(map.accounts(new GridName("/O=Grid/CN=Alice User"))).containsExactly("alice", "research", "ops");
        assertThat(map.defaultAccount(identity("/O=Grid/CN=Alice User"))).isEqualTo("alice");
        assertThat(map.defaultAccount(identity("/O=Grid/CN=host/a.example.org")))
                .isEqualTo("robot");
        assertThat(map.problems()).isEmpty();
    }

    @Test
    void whoHasNoLineHasNoAccount() throws Exception {
        GridMapFile map = map("\"/O=Grid/CN=Alice User\" alice\n");

        assertThat(map.accounts(new GridName("/O=Grid/CN=Alice"))).isEmpty();
        assertRefused(Refusal.SUBJECT_NOT_MAPPED, () -> map.defaultAccount(identity("/O=Grid/CN=Alice")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"/O=Grid/Email=a@b.org\"`, /O=Grid/emailAddress=a@b.org",
                "`\"/O=Grid/USERID=a\"`, /O=Grid/UID=a",
                "`\"/O=Grid/CN=J\u00f6rg\"`, /O=Grid/CN=J\\xC3\\xB6rg",
                "`\"/O=Grid/CN=J\\xc3\\xb6rg\"`, /O=Grid/CN=J\\xC3\\xB6rg",
                "`\"/O=Grid/CN=The \\\"A\\\"\"`, `/O=Grid/CN=The \"A\"`",
                "`\"/O=Grid/CN=#a\"`, /O=Grid/CN=#a"
            })
    void aNameMayBeWrittenInSeveralWays(String written, String name) throws Exception {
        assertThat(map(written + " alice\n").accounts(new GridName(name))).containsExactly("alice");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"/O=Grid/CN=Bob`, a name",
                "`\"/O=Grid/CN=Bob\"bob`, a name",
                "`\"/O=Grid/CN=Bob\"`, a name",
                "/O=Grid/CN=Bob, a name",
                "Bob bob, does not begin like",
                "`\"/O=Grid/CN=Bob\" bob,`, the account ''",
                "`\"/O=Grid/CN=Bob\" bob builder`, the account 'bob builder' is not one word",
                "`\"/O=Grid/CN=Alice\" bob`, has a line already"
            })
    void aLineThatCannotBeReadMapsNobodyAndIsNamed(String line, String reason) throws Exception {
        GridMapFile map = map("\"/O=Grid/CN=Alice\" alice\n\n" + line + "\n\"/O=Grid/CN=Carol\" carol\n");

        assertThat(map.problems())
                .singleElement()
                .asString()
                .startsWith(directory.resolve("grid-mapfile") + ":3: ")
                .contains(reason);
        assertThat(map.accounts(new GridName("/O=Grid/CN=Bob"))).isEmpty();
        assertThat(map.accounts(new GridName("/O=Grid/CN=Alice"))).containsExactly("alice");
        assertThat(map.accounts(new GridName("/O=Grid/CN=Carol"))).containsExactly("carol");
    }

    @Test
    void aChangeCountsAtOnceAlsoOneOfTheSameSize() throws Exception {
        GridMapFile map = map("/O=Grid/CN=Alice user0\n");
        GridName alice = new GridName("/O=Grid/CN=Alice");

        IntStream.range(1, 9).forEach(i -> {
            try {
                map("/O=Grid/CN=Alice user" + i + "\n");
                assertThat(map.accounts(alice)).containsExactly("user" + i);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void withoutTheFileNobodyHasAnAccount() throws Exception {
        GridMapFile map = map("/O=Grid/CN=Alice alice\n");
        GridName alice = new GridName("/O=Grid/CN=Alice");
        assertThat(map.accounts(alice)).isNotEmpty();
        Files.delete(directory.resolve("grid-mapfile"));

        assertThat(map.accounts(alice)).isEmpty();
        assertThatThrownBy(map::problems)
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("grid-mapfile: the file is missing");
        Files.createDirectory(directory.resolve("grid-mapfile"));
        assertThat(map.accounts(alice)).isEmpty();
    }
}
