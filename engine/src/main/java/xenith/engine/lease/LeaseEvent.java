package xenith.engine.lease;

import java.util.List;
import java.util.Locale;

/**
 * Something that has happened to a lease.
 *
 * @param nodes for {@link Kind#VM_START} and {@link Kind#VM_STOP}: one for each machine, ascending; else empty
 */
public record LeaseEvent(long atMillis, Kind kind, int lease, List<Integer> nodes) {
    /** What can happen. */
    public enum Kind {
        VM_START,
        VM_STOP,
        SHUTDOWN,
        SUSPEND,
        SUSPENDED,
        RESUME,
        RESUMED,
        MIGRATE,
        MIGRATED,
        IMAGE_MIGRATE,
        IMAGE_MIGRATED,
        TRANSFER_START,
        TRANSFER_END,
        /** It will not get what it asked for. */
        REJECTED,
        /** It had a place and gave it up for another. */
        REQUEUED,
        /** It is over; its machines may have ended before their time. */
        DONE;

        /** As {@code vm-start}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public LeaseEvent {
        nodes = List.copyOf(nodes);
    }
}
