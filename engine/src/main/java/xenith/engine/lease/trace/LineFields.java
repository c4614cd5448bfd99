package xenith.engine.lease.trace;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one line, with their columns. */
final class LineFields {
    private static final Pattern FIELD = Pattern.compile("\\S+");

    private final String file;
    private final int line;
    private final int width;
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();

    /**
     * Takes a line apart.
     *
     * @param names of the fields that must be there
     * @throws TraceException if there are fewer
     */
    LineFields(String file, int line, String text, List<String> names) throws TraceException {
        this.file = file;
        this.line = line;
        this.width = text.length();
        Matcher fields = FIELD.matcher(text);
        while (fields.find()) {
            texts.add(fields.group());
            columns.add(fields.start() + 1);
        }
        if (texts.size() < names.size()) {
            throw new TraceException(file, line, width + 1, "the line ends before field " + names.get(texts.size()));
        }
    }

    String text(int index) {
        return texts.get(index);
    }

    /** @throws TraceException if it is no whole number within the limits */
    long number(int index, String name, long least, long most) throws TraceException {
        String text = texts.get(index);
        long value;
        try {
            // Some logs have seconds with a point.
            value = new BigDecimal(text).longValue();
        } catch (NumberFormatException none) {
            throw wrong(index, name + " '" + text + "' is not a number");
        }
        if (value < least || value > most) {
            throw wrong(index, name + " " + text + " is not " + least + " to " + most);
        }
        return value;
    }

    TraceException wrong(int index, String problem) {
        return new TraceException(file, line, columns.get(index), problem);
    }
}
