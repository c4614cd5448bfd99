package xenith.security.soap;

/**
 * Remembers, durably, the messages of calls that write. Whoever executes such a call stores the message's digest in the
 * transaction of its changes, under a unique constraint, and keeps it at least until
 * {@link VerifiedMessage#acceptableUntil}. Implementations are thread-safe.
 */
public interface ReplayStore {
    /** Whether a committed transaction stored this digest. */
    boolean seen(String digest);
}
