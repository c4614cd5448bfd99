package xenith.engine.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xenith.engine.model.AccountId;
import xenith.engine.model.Event;
import xenith.engine.model.EventKind;

/**
 * A commit as text, one line for each record and each event: a record as it is now ({@code +}), or was when it was
 * removed ({@code -}), with its table's name and all its columns, separated by tabs.
 */
final class CommitText {
    private static final String PUT = "+";
    private static final String REMOVED = "-";
    private static final String EVENT = "!";
    private static final int EVENT_FIELDS = 7;
    private static final String NULL = "\\N";

    private final Map<String, Table<?, ?>> tables;

    CommitText(List<Table<?, ?>> tables) {
        this.tables = Stream.concat(Stream.of(Counters.TABLE), tables.stream())
                .collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));
    }

    static String write(List<Change<?, ?>> changes, List<Event> events) {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> append(text, change));
        events.forEach(event -> append(text, event));
        return text.toString();
    }

    private static <K, V> void append(StringBuilder text, Change<K, V> change) {
        text.append(change.after().isPresent() ? PUT : REMOVED);
        appendField(text, change.table().name());
        change.table()
                .columns()
                .forEach(column -> appendField(text, column.value().apply(change.any())));
        text.append('\n');
    }

    private static void append(StringBuilder text, Event event) {
        text.append(EVENT);
        appendField(text, event.number());
        appendField(text, event.at().toEpochMilli());
        appendField(text, event.kind().name());
        appendField(text, event.subject());
        appendField(text, event.account().map(AccountId::value).orElse(null));
        appendField(text, event.detail());
        text.append('\n');
    }

    private static void appendField(StringBuilder text, Object value) {
        text.append('\t');
        if (value == null) {
            text.append(NULL);
            return;
        }
        String plain = value.toString();
        for (int index = 0; index < plain.length(); index++) {
            char character = plain.charAt(index);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(character);
            }
        }
    }

    /**
     * What the commit makes of a state.
     *
     * @throws IllegalArgumentException when it speaks of what this program does not know
     */
    Committed read(String text, Snapshot before, long lastEvent) {
        Snapshot state = before;
        List<Change<?, ?>> changes = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals(EVENT)) {
                events.add(event(fields));
            } else {
                Change<?, ?> change = change(fields, state);
                changes.add(change);
                state = state.with(change);
            }
        }
        long last = events.isEmpty() ? lastEvent : events.get(events.size() - 1).number();
        return new Committed(state, last, changes, events);
    }

    private Change<?, ?> change(String[] fields, Snapshot state) {
        Table<?, ?> table = tables.get(restored(fields[1]));
        if (table == null || fields.length != table.columns().size() + 2) {
            throw new IllegalArgumentException(
                    "another version of this program has written table '" + fields[1] + "' with other columns");
        }
        return change(table, fields, state);
    }

    private static <K, V> Change<K, V> change(Table<K, V> table, String[] fields, Snapshot state) {
        Map<String, Optional<String>> values = new HashMap<>();
        for (int index = 0; index < table.columns().size(); index++) {
            values.put(
                    table.columns().get(index).name(),
                    Optional.of(fields[index + 2])
                            .filter(field -> !field.equals(NULL))
                            .map(CommitText::restored));
        }
        V record = table.read(new TextRow(values));
        Optional<V> before = state.find(table, table.keyOf(record));
        return new Change<>(table, before, fields[0].equals(PUT) ? Optional.of(record) : Optional.empty());
    }

    private static Event event(String[] fields) {
        if (fields.length != EVENT_FIELDS) {
            throw new IllegalArgumentException("another version of this program has written an event");
        }
        return new Event(
                Long.parseLong(fields[1]),
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                EventKind.valueOf(fields[3]),
                restored(fields[4]),
                Optional.of(fields[5]).filter(field -> !field.equals(NULL)).map(AccountId::new),
                restored(fields[6]));
    }

    private static String restored(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder plain = new StringBuilder(field.length());
        boolean escaped = false;
        for (int index = 0; index < field.length(); index++) {
            char character = field.charAt(index);
            if (escaped) {
                plain.append(
                        switch (character) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> character;
                        });
                escaped = false;
            } else if (character == '\\') {
                escaped = true;
            } else {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    /** A row that was written as text. */
    private record TextRow(Map<String, Optional<String>> values) implements Row {
        @Override
        public String text(String column) {
            return optionalText(column).orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
        }

        @Override
        public Optional<String> optionalText(String column) {
            Optional<String> value = values.get(column);
            if (value == null) {
                throw new IllegalArgumentException("there is no column " + column);
            }
            return value;
        }

        @Override
        public long number(String column) {
            return Long.parseLong(text(column));
        }

        @Override
        public Optional<Long> optionalNumber(String column) {
            return optionalText(column).map(Long::valueOf);
        }
    }
}
