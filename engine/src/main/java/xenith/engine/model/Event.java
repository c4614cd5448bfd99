package xenith.engine.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A fact that happened.
 *
 * @param number one higher than the event before it; the order of numbers is the order of commits
 * @param subject what it happened to, as {@code vm/17}
 * @param account whose it is; empty for hosts and other things of the cloud itself
 * @param detail for people, at most 1000 characters; longer ones are cut
 */
public record Event(
        long number, Instant at, EventKind kind, String subject, Optional<AccountId> account, String detail) {
    private static final int MAX_DETAIL_CHARS = 1000;

    public Event {
        if (detail.length() > MAX_DETAIL_CHARS) {
            detail = detail.substring(0, MAX_DETAIL_CHARS);
        }
    }
}
