package xenith.security.ssh;

import java.util.stream.Collectors;

/** The file format of RFC 4716 section 3. */
final class Rfc4716 {
    private Rfc4716() {}

    /** What stands between the marks without headers, whose lines may end in a backslash to go on. */
    static String base64(String text, String begin, String end) {
        String inside = text.substring(begin.length(), text.length() - end.length());
        String unfolded = inside.replace("\r\n", "\n").replace("\\\n", "");
        return unfolded.lines()
                .map(String::strip)
                .filter(line -> !line.contains(":"))
                .collect(Collectors.joining());
    }
}
