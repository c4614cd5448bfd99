package xenith.engine.lease.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import xenith.engine.lease.LeaseEvent;
import xenith.engine.lease.LeaseRequest;

/** Keeps what became of each lease, from the events alone. */
final class OutcomeLedger {
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        private final LeaseRequest request;
        private OptionalLong start = OptionalLong.empty();
        private OptionalLong end = OptionalLong.empty();
        private long running;
        private long ran;
        private boolean rejected;
        private int suspensions;
        private int migrations;
        private int requeues;

        private Entry(LeaseRequest request) {
            this.request = request;
        }
    }

    OutcomeLedger(List<LeaseRequest> requests) {
        requests.forEach(request -> entries.put(request.id(), new Entry(request)));
    }

    void record(LeaseEvent event) {
        Entry entry = entries.get(event.lease());
        switch (event.kind()) {
            case VM_START -> {
                entry.running = event.atMillis();
                entry.start = entry.start.isPresent() ? entry.start : OptionalLong.of(event.atMillis());
            }
            case VM_STOP -> entry.ran += event.atMillis() - entry.running;
            case SUSPEND -> entry.suspensions++;
            case MIGRATE -> entry.migrations++;
            case REQUEUED -> entry.requeues++;
            case REJECTED -> entry.rejected = true;
            case DONE -> entry.end = OptionalLong.of(event.atMillis());
            case SHUTDOWN,
                    SUSPENDED,
                    RESUME,
                    RESUMED,
                    MIGRATED,
                    IMAGE_MIGRATE,
                    IMAGE_MIGRATED,
                    TRANSFER_START,
                    TRANSFER_END -> {
                // They change nothing of what is counted.
            }
        }
    }

    List<LeaseOutcome> outcomes() {
        List<LeaseOutcome> outcomes = new ArrayList<>();
        for (Entry entry : entries.values()) {
            outcomes.add(new LeaseOutcome(
                    entry.request,
                    entry.start,
                    entry.end,
                    entry.ran,
                    entry.rejected,
                    entry.suspensions,
                    entry.migrations,
                    entry.requeues));
        }
        return outcomes;
    }
}
