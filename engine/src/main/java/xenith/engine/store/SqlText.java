package xenith.engine.store;

import java.util.stream.Collectors;

/** The SQL of a table's four statements. Names come from declarations in code, never from input. */
final class SqlText {
    private SqlText() {}

    static String select(Table<?, ?> table) {
        return "SELECT " + names(table, true) + others(table) + " FROM " + table.name();
    }

    static String insert(Table<?, ?> table) {
        String marks = table.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO " + table.name() + " (" + names(table, true) + others(table) + ") VALUES (" + marks + ")";
    }

    static String update(Table<?, ?> table) {
        return "UPDATE " + table.name() + " SET " + assignments(table, false, ", ") + " WHERE "
                + assignments(table, true, " AND ");
    }

    static String delete(Table<?, ?> table) {
        return "DELETE FROM " + table.name() + " WHERE " + assignments(table, true, " AND ");
    }

    private static String names(Table<?, ?> table, boolean inKey) {
        return table.columns().stream()
                .filter(column -> column.inKey() == inKey)
                .map(Table.Column::name)
                .collect(Collectors.joining(", "));
    }

    private static String others(Table<?, ?> table) {
        String names = names(table, false);
        return names.isEmpty() ? "" : ", " + names;
    }

    private static String assignments(Table<?, ?> table, boolean inKey, String between) {
        return table.columns().stream()
                .filter(column -> column.inKey() == inKey)
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(between));
    }
}
