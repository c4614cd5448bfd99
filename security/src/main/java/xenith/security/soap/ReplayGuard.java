package xenith.security.soap;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Refuses a message that was accepted before. To be asked after verification only, so that a tampered copy cannot use
 * up the genuine message. Messages that read are remembered in memory, until they are too old to be accepted anyway;
 * since a restart forgets them, those created before it are refused. Thread-safe.
 */
public final class ReplayGuard {
    /** About 600 signed reads each second, all valid for five minutes. */
    static final int MAX_REMEMBERED = 200_000;

    /** About 130 each second; with these, whoever asks that fast is refused alone and not everybody. */
    static final int MAX_REMEMBERED_OF_ONE_USER = 40_000;

    private final ReplayStore store;
    private final Clock clock;
    private final int maxRemembered;
    private final int maxOfOneUser;
    private final Instant started;
    private final Set<String> remembered = new HashSet<>();
    private final Queue<Memory> byExpiry = new PriorityQueue<>(Comparator.comparing(Memory::until));

    private final Map<String, Integer> countByUser = new HashMap<>();

    private record Memory(String digest, String user, Instant until) {}

    /** Starts with an empty memory: messages that were created before now will be refused to readers. */
    public ReplayGuard(ReplayStore store, Clock clock) {
        this(store, clock, MAX_REMEMBERED, MAX_REMEMBERED_OF_ONE_USER);
    }

    ReplayGuard(ReplayStore store, Clock clock, int maxRemembered, int maxOfOneUser) {
        this.store = store;
        this.clock = clock;
        this.maxRemembered = maxRemembered;
        this.maxOfOneUser = maxOfOneUser;
        this.started = clock.instant();
    }

    /**
     * Lets a verified message through once.
     *
     * @param writes whether its operation changes anything; the caller then stores the digest within its transaction
     * @throws RefusedException if it was seen, cannot be judged, or too many others, in all or of the same user, must be
     *     remembered
     */
    public void check(VerifiedMessage message, boolean writes) {
        if (writes) {
            if (store.seen(message.digest())) {
                throw new RefusedException(Refusal.REPLAYED);
            }
        } else {
            if (message.created().isBefore(started)) {
                throw new RefusedException(Refusal.CREATED_BEFORE_START);
            }
            remember(new Memory(message.digest(), message.identity().userId(), message.acceptableUntil()));
        }
    }

    private synchronized void remember(Memory memory) {
        forgetExpired();
        if (remembered.contains(memory.digest())) {
            throw new RefusedException(Refusal.REPLAYED);
        }
        if (remembered.size() >= maxRemembered || countByUser.getOrDefault(memory.user(), 0) >= maxOfOneUser) {
            throw new RefusedException(Refusal.TOO_MANY_REQUESTS);
        }
        remembered.add(memory.digest());
        countByUser.merge(memory.user(), 1, Integer::sum);
        byExpiry.add(memory);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        while (!byExpiry.isEmpty() && byExpiry.peek().until().isBefore(now)) {
            Memory expired = byExpiry.remove();
            remembered.remove(expired.digest());
            countByUser.computeIfPresent(expired.user(), (user, count) -> count == 1 ? null : count - 1);
        }
    }
}
