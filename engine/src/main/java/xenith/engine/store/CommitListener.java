package xenith.engine.store;

import java.util.List;
import xenith.engine.model.Event;

/** Hears of commits, in their order, on the store's writer: it hands over and returns at once, and never throws. */
@FunctionalInterface
public interface CommitListener {
    void committed(Snapshot state, List<Change<?, ?>> changes, List<Event> events);
}
