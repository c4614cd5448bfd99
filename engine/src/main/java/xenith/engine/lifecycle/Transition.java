package xenith.engine.lifecycle;

import xenith.engine.model.VmState;
import xenith.engine.model.Work;

/** A row of the {@link Lifecycle}. */
public record Transition(VmState state, Work work, VmEvent event, VmState nextState, Work nextWork) {
    /** Whether state or work are others afterwards. */
    public boolean changes() {
        return nextState != state || nextWork != work;
    }

    /** Whether the next work is new and has to be enqueued. */
    public boolean beginsWork() {
        return nextWork != Work.NONE && nextWork != work;
    }
}
