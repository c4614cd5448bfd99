package xenith.engine.port;

/** Hears what happens on a host. Implementations return at once and never throw; they are called on any thread. */
@FunctionalInterface
public interface DomainListener {
    /** A domain has changed, or the connection was lost: look again. Events are hints; asking the host is the truth. */
    void somethingChanged();
}
