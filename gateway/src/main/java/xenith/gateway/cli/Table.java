package xenith.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows answers as text: lists as aligned columns, single things as one line for each member. */
final class Table {
    private static final String NOTHING = "-";
    private static final String GAP = "  ";

    private Table() {}

    /** @param columns members to show, as {@code name}, or with a header of their own, as {@code CPU=capacity.cpu} */
    static Command.Printer of(String... columns) {
        return result -> list((List<?>) result, List.of(columns));
    }

    /** One thing, all of its members. */
    static String one(Object result) {
        if (result == null) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        StringBuilder blocks = new StringBuilder();
        flatten("", result, rows, blocks);
        return aligned(rows) + blocks;
    }

    private static String list(List<?> things, List<String> columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Table::header).toList());
        for (Object thing : things) {
            rows.add(columns.stream().map(column -> cell(member(thing, column))).toList());
        }
        return aligned(rows);
    }

    private static String header(String column) {
        int sign = column.indexOf('=');
        return sign < 0 ? column.toUpperCase(Locale.ROOT) : column.substring(0, sign);
    }

    private static Object member(Object thing, String column) {
        Object value = thing;
        for (String name : column.substring(column.indexOf('=') + 1).split("\\.", -1)) {
            value = value instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return value;
    }

    /** Members of members get both names; texts of several lines follow below. */
    private static void flatten(String prefix, Object thing, List<List<String>> rows, StringBuilder blocks) {
        for (Map.Entry<String, Object> member : Json.object(thing).entrySet()) {
            String name = prefix + member.getKey();
            if (member.getValue() instanceof Map<?, ?> below) {
                flatten(name + ".", below, rows, blocks);
            } else if (member.getValue() instanceof String text && text.contains("\n")) {
                blocks.append(name)
                        .append(":\n")
                        .append(text.lines().map(Table::printable).collect(joinLines()));
            } else {
                rows.add(List.of(name, cell(member.getValue())));
            }
        }
    }

    private static java.util.stream.Collector<CharSequence, ?, String> joinLines() {
        return Collectors.joining("\n", "", "\n");
    }

    private static String cell(Object value) {
        if (value == null || value.equals("") || value.equals(List.of())) {
            return NOTHING;
        }
        if (value instanceof List<?> values) {
            return values.stream().map(Table::cell).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> members) {
            return members.values().stream().map(Table::cell).collect(Collectors.joining(" "));
        }
        return printable(value.toString());
    }

    /** Names and reasons may come from strangers, and a terminal obeys what it is sent. */
    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(point -> Character.isISOControl(point) ? "?" : Character.toString(point))
                .collect(Collectors.joining());
    }

    private static String aligned(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths.get(column) - row.get(column).length()))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
