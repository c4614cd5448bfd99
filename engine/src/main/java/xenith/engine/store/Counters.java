package xenith.engine.store;

/** Numbers that are given once. */
final class Counters {
    static final Table<String, Counter> TABLE = Table.named("counters", Counter::name)
            .keyText("name", Counter::name)
            .number("value_", Counter::value)
            .readBy(row -> new Counter(row.text("name"), row.number("value_")));

    record Counter(String name, long value) {}

    private Counters() {}
}
