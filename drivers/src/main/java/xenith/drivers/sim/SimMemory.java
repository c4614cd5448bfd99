package xenith.drivers.sim;

import java.util.UUID;

/** A machine's saved memory. */
record SimMemory(UUID vm) {}
