package xenith.drivers.process;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import xenith.engine.port.DomainEnd;

/** Who hears of what a program tells of hosts. Thread-safe. */
final class HostEvents {
    /** A sign of life from a program that does one thing at a time. */
    private static final String WORKING = "working";

    private final ConcurrentHashMap<Long, Set<Ear>> ears = new ConcurrentHashMap<>();

    /** A connection, as events know it. Returns at once. */
    interface Ear {
        void changed();

        void ended(UUID vm, DomainEnd end);

        void lost();
    }

    void add(long host, Ear ear) {
        ears.compute(host, (id, all) -> {
            Set<Ear> some = all == null ? ConcurrentHashMap.newKeySet() : all;
            some.add(ear);
            return some;
        });
    }

    void remove(long host, Ear ear) {
        ears.computeIfPresent(host, (id, all) -> {
            all.remove(ear);
            return all.isEmpty() ? null : all;
        });
    }

    void lost() {
        ears.values().forEach(all -> all.forEach(Ear::lost));
    }

    /** Hosts that nobody is connected to are nobody's business: the event was under way when it was closed. */
    void hear(Answer event) throws MalformedAnswerException {
        String kind = event.member("event").text();
        if (kind.equals(WORKING)) {
            return;
        }
        long host = event.member("host").number(Long.MAX_VALUE);
        switch (kind) {
            case "changed" -> each(host, Ear::changed);
            case "lost" -> each(host, Ear::lost);
            case "ended" -> {
                UUID vm = event.member("vm").uuid();
                DomainEnd end = event.member("end").oneOf(DomainEnd.class);
                each(host, ear -> ear.ended(vm, end));
            }
            default ->
                throw new MalformedAnswerException("event '" + kind + "' is none of changed, ended, lost, working");
        }
    }

    private void each(long host, Consumer<Ear> telling) {
        ears.getOrDefault(host, Set.of()).forEach(telling);
    }
}
