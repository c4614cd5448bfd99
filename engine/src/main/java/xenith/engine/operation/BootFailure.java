package xenith.engine.operation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads from the end of a console that a guest will never boot. Pure. */
final class BootFailure {
    /** What the last line of a console holds when nothing will come after it, and what that means. */
    private static final List<LastWords> LAST_WORDS = List.of(
            new LastWords("end Kernel panic - not syncing", "its kernel panicked"),
            new LastWords("No bootable device", "its firmware found nothing to boot"));

    /** SeaBIOS's line before it runs a kernel that it was given. */
    private static final String FIRMWARE_HANDS_OVER = "Booting from ROM";

    private static final int MAX_QUOTED_CHARS = 200;

    private record LastWords(String text, String meaning) {}

    private BootFailure() {}

    /** Why the guest will never boot, with its own words; empty while it may. */
    static Optional<String> in(byte[] console) {
        String last = lastLine(console);
        return LAST_WORDS.stream()
                .filter(words -> last.contains(words.text()))
                .map(words -> words.meaning() + ": " + shortened(last))
                .findFirst();
    }

    /** Whether nothing but its firmware has said anything. */
    static boolean isSilent(byte[] console) {
        String last = lastLine(console);
        return last.isEmpty() || last.startsWith(FIRMWARE_HANDS_OVER);
    }

    private static String lastLine(byte[] console) {
        return new String(console, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (earlier, later) -> later);
    }

    private static String shortened(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "");
        return printable.length() <= MAX_QUOTED_CHARS ? printable : printable.substring(0, MAX_QUOTED_CHARS);
    }
}
