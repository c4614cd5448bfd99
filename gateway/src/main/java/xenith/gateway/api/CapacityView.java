package xenith.gateway.api;

import xenith.engine.model.Capacity;

/** An amount of a host's means in JSON; {@code cpu} is in hundredths of a core. */
record CapacityView(long cpu, long memoryMib, long diskMib) {
    static CapacityView of(Capacity capacity) {
        return new CapacityView(capacity.cpu(), capacity.memoryMib(), capacity.diskMib());
    }
}
