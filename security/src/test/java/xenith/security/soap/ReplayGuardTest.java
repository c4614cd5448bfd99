package xenith.security.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;

class ReplayGuardTest {
    private static final Instant START = Instant.parse("2026-01-31T20:00:00Z");

    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final SettableClock clock = new SettableClock();
    private final ReplayGuard guard = new ReplayGuard(stored::contains, clock, 3, 3);

    private static final class SettableClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private VerifiedMessage message(String digest) {
        return message(digest, clock.instant());
    }

    private static VerifiedMessage message(String digest, Instant created) {
        return message("user", digest, created);
    }

    private static VerifiedMessage message(String user, String digest, Instant created) {
        Element operation = SoapHarness.parse("<DescribeInstances/>").getDocumentElement();
        return new VerifiedMessage(
                new Identity("account", user, "ab"), operation, digest, created, created.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aReadIsLetThroughOnceAndAnotherOneToo() {
        guard.check(message("a"), false);
        guard.check(message("b"), false);

        assertRefused(Refusal.REPLAYED, () -> guard.check(message("a"), false));
    }

    @Test
    void aWriteIsJudgedByWhatWasCommitted() {
        guard.check(message("a"), true);
        guard.check(message("a"), true);
        stored.add("a");

        assertRefused(Refusal.REPLAYED, () -> guard.check(message("a"), true));
    }

    @Test
    void aReadFromBeforeTheStartIsRefusedAndAWriteIsNot() {
        VerifiedMessage old = message("a", START.minusMillis(1));

        assertRefused(Refusal.CREATED_BEFORE_START, () -> guard.check(old, false));
        guard.check(old, true);
    }

    @Test
    void memoryIsBoundedAndFreedWhenMessagesExpire() {
        IntStream.range(0, 3).forEach(i -> guard.check(message("m" + i), false));
        assertRefused(Refusal.TOO_MANY_REQUESTS, () -> guard.check(message("m3"), false));

        clock.now = START.plus(Duration.ofMinutes(5));
        assertRefused(Refusal.REPLAYED, () -> guard.check(message("m0", START), false));
        clock.now = START.plus(Duration.ofMinutes(5)).plusMillis(1);
        guard.check(message("m3"), false);
    }

    @Test
    void oneUserWhoAsksTooFastIsRefusedAloneUntilTheirMessagesExpire() {
        ReplayGuard bounded = new ReplayGuard(stored::contains, clock, 100, 2);
        bounded.check(message("fast", "m0", START), false);
        bounded.check(message("fast", "m1", START), false);

        assertRefused(Refusal.TOO_MANY_REQUESTS, () -> bounded.check(message("fast", "m2", START), false));
        bounded.check(message("slow", "m3", START), false);

        clock.now = START.plus(Duration.ofMinutes(5)).plusMillis(1);
        bounded.check(message("fast", "m4", clock.now), false);
        bounded.check(message("fast", "m5", clock.now), false);
        assertRefused(Refusal.TOO_MANY_REQUESTS, () -> bounded.check(message("fast", "m6", clock.now), false));
    }

    @Test
    void ofManyCopiesAtOnceOneIsLetThrough() {
        AtomicInteger accepted = new AtomicInteger();
        VerifiedMessage message = message("a");

        IntStream.range(0, 100).parallel().forEach(i -> {
            try {
                guard.check(message, false);
                accepted.incrementAndGet();
            } catch (RefusedException e) {
                assertThat(e.refusal()).isEqualTo(Refusal.REPLAYED);
            }
        });

        assertThat(accepted).hasValue(1);
    }
}
