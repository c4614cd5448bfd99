package xenith.engine.ownership;

import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.store.Snapshot;

/** What this gateway may act on. Thread-safe. */
public interface Ownership extends AutoCloseable {
    /** Takes what is there to be taken; what the one before left in a driver's hands is unknown from then on. */
    void start();

    /** Under which epoch this gateway acts on the host in that state; empty when it does not. */
    Optional<Long> epochOf(Snapshot state, HostId host);

    /** Whether this gateway decides, in that state, what one has to decide for the whole cloud. */
    boolean leads(Snapshot state);

    /**
     * Whether what this gateway has seen to be its own certainly still is, as far as can be told without asking anybody. A
     * gateway that was stopped for long finds out here, before it acts.
     */
    boolean isCertain();

    /** Gives up what it has, for others to take at once. Nothing may act any more. */
    @Override
    void close();

    /**
     * Has a unit of work end without effect unless this gateway owns the host under that epoch.
     *
     * @throws NotOwnedException when it does not
     */
    default void require(Snapshot state, HostId host, long epoch) {
        if (epochOf(state, host).filter(now -> now == epoch).isEmpty()) {
            throw new NotOwnedException(host);
        }
    }
}
