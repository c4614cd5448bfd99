package xenith.engine.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xenith.engine.model.Event;

/** The cloud's durable state. Thread-safe. */
public interface Store extends AutoCloseable {
    /** What is committed now. Never blocks. */
    Snapshot state();

    /**
     * Runs a unit of work and returns once it is durable and published.
     *
     * @throws StoreUnavailableException when it could not be made durable; then nothing of it remains
     * @throws OutcomeUnknownException when it is not known whether it was made durable
     * @throws RuntimeException what the work itself threw; then nothing of it remains
     */
    <T> T write(Function<Transaction, T> work);

    /** Events with numbers above the given one, in order, at most {@code limit} (1 or more) of them. */
    List<Event> eventsAfter(long number, int limit);

    /** Forgets some of the events from before that time, never the last one; to be called now and then. */
    void forgetEvents(Instant before);

    /** Why the database does not take changes now; empty when it does. It is tried until it does again. */
    Optional<String> ailment();

    /**
     * Copies the database, as it stands at one moment, into a new folder, while everything goes on.
     *
     * @throws UnsupportedOperationException where the database is a server's, with tools of its own
     * @throws StoreUnavailableException when it could not be copied
     */
    void backUp(Path directory);

    /** Adds a listener for commits from now on. */
    void listen(CommitListener listener);

    @Override
    void close();
}
