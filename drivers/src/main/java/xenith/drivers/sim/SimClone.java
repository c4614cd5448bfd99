package xenith.drivers.sim;

import java.util.UUID;
import xenith.engine.model.Contextualization;

/**
 * What was prepared for a machine.
 *
 * @param boots how often a guest has booted from it, which a guest writes to its own disk
 */
record SimClone(UUID vm, long diskMib, long boots, Contextualization context) {
    SimClone booted() {
        return new SimClone(vm, diskMib, boots + 1, context);
    }
}
