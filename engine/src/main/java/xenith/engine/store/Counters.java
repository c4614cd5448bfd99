package xenith.engine.store;

/** Numbers that are given once. */
final class Counters {
    static final Table<String, Counter> TABLE = Table.named("counters", Counter::name)
            .keyText("name", Counter::name)
            .number("value_", Counter::value)
            .readBy(row -> new Counter(row.text("name"), row.number("value_")));

    /** Counts commits, within each of them, so that the database tells which was its last. */
    static final String COMMITS = "commit";

    record Counter(String name, long value) {}

    private Counters() {}

    /** How many commits have led to that state. */
    static long commits(Snapshot state) {
        return state.find(TABLE, COMMITS).map(Counter::value).orElse(0L);
    }
}
