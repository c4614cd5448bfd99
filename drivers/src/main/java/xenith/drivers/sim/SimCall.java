package xenith.drivers.sim;

import java.util.EnumSet;
import java.util.Set;

/** What a simulated host can be asked. */
public enum SimCall {
    CONNECT(false),
    REPORT(false),
    LIST(false),
    START(true),
    SHUTDOWN(true),
    DESTROY(true),
    REBOOT(true),
    PAUSE(true),
    UNPAUSE(true),
    SAVE(true),
    RESTORE(true),
    DROP_MEMORY(true),
    MIGRATE(true),
    LEAVE(true),
    RESIZE(true),
    USAGE(false),
    CONSOLE(false),
    FORGET(true),
    PREPARE(true),
    ADOPT(true),
    DISCARD(true),
    PRESENT(false),
    ENSURE(true),
    ADMIT(true),
    WITHDRAW(true),
    ADMITTED(false);

    private final boolean changes;

    SimCall(boolean changes) {
        this.changes = changes;
    }

    /** Whether it changes something on the host, so that a lost answer leaves it unknown what. */
    public boolean changes() {
        return changes;
    }

    public static Set<SimCall> all() {
        return EnumSet.allOf(SimCall.class);
    }
}
