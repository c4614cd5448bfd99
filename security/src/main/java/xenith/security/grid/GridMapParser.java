package xenith.security.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import xenith.security.RefusedException;

/**
 * Reads grid-mapfiles. A line is a name, in double quotes if it holds blanks, and accounts separated by commas; within
 * quotes a backslash makes the next quote or backslash a plain one, and {@code \xHH} is a byte. Lines that begin with
 * {@code #} are comments. Of several lines for one name the first counts.
 */
final class GridMapParser {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"\\s+(\\S.*)");
    private static final Pattern PLAIN = Pattern.compile("([^\"\\s]\\S*)\\s+(\\S.*)");
    private static final Pattern ESCAPED_SIGN = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern ACCOUNT = Pattern.compile("[^\\s,\"]+");

    private final Path file;
    private final Map<GridName, List<String>> accounts = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private GridMapParser(Path file) {
        this.file = file;
    }

    static GridMap parse(Path file, String text) {
        GridMapParser parser = new GridMapParser(file);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            try {
                parser.read(content);
            } catch (IllegalArgumentException e) {
                parser.problems.add(parser.file + ":" + number + ": " + e.getMessage());
            }
        }
        return new GridMap(parser.accounts, parser.problems);
    }

    private void read(String content) {
        Matcher line = (content.startsWith("\"") ? QUOTED : PLAIN).matcher(content);
        if (!line.matches()) {
            throw new IllegalArgumentException(
                    "a name, in double quotes if it holds blanks, and its accounts must stand there");
        }
        String text =
                content.startsWith("\"") ? ESCAPED_SIGN.matcher(line.group(1)).replaceAll("$1") : line.group(1);
        GridName name = new GridName(text);
        List<String> named =
                Stream.of(line.group(2).split(",", -1)).map(String::strip).toList();
        for (String account : named) {
            if (!ACCOUNT.matcher(account).matches()) {
                throw new IllegalArgumentException(
                        "the account " + RefusedException.quote(account) + " is not one word");
            }
        }
        if (accounts.putIfAbsent(name, named) != null) {
            throw new IllegalArgumentException(
                    "the name " + RefusedException.quote(name.text()) + " has a line already");
        }
    }
}
