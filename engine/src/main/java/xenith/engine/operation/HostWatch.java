package xenith.engine.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.ownership.NotOwnedException;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostReport;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;

/**
 * Asks one host how it is, again and again and whenever it reports a change, and hands over what it sees. Thread-safe.
 */
final class HostWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);

    /** Reports come in bursts, and one answer tells of all of them. */
    private static final long GATHER_MILLIS = 50;

    /** One for the question that hung, and one that found out that it still does. */
    private static final int MAX_STUCK_CALLS = 2;

    private final Tenure tenure;
    private final HostConnection connection;
    private final Store store;
    private final DriverThreads threads;
    private final EngineTimer timer;
    private final Reconciliation reconciliation;
    private final EngineSettings settings;
    private final Clock clock;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private volatile Optional<HostUsage> usage = Optional.empty();
    private volatile boolean closed;
    private boolean asking;
    private int stuckCalls;
    private int failures;

    /** A host's answer, with the state that stood before it was asked. */
    record Sight(Snapshot before, HostReport report, List<DomainReport> domains, Map<UUID, DomainEnd> ends) {}

    HostWatch(
            Tenure tenure,
            HostConnection connection,
            Store store,
            DriverThreads threads,
            EngineTimer timer,
            Reconciliation reconciliation,
            EngineSettings settings,
            Clock clock) {
        this.tenure = tenure;
        this.connection = connection;
        this.store = store;
        this.threads = threads;
        this.timer = timer;
        this.reconciliation = reconciliation;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asks now, and from then on at this interval. */
    void start(long firstAfterMillis, long everyMillis) {
        timer.after(firstAfterMillis, () -> {
            if (!closed) {
                ask();
                start(everyMillis, everyMillis);
            }
        });
    }

    /** The host has reported a change. */
    void hint() {
        if (!closed && hinted.compareAndSet(false, true)) {
            timer.after(GATHER_MILLIS, this::ask);
        }
    }

    Optional<HostUsage> usage() {
        return usage;
    }

    void close() {
        closed = true;
    }

    private void ask() {
        synchronized (this) {
            if (asking || closed || stuckCalls >= MAX_STUCK_CALLS || !tenure.isCertain()) {
                return;
            }
            asking = true;
        }
        hinted.set(false);
        DriverThreads.Made<Sight> made = threads.call("host " + tenure.host(), settings.quickCallMillis(), () -> {
            Sight sight = see();
            seen(sight);
            return sight;
        });
        made.then((sight, thrown) -> {
            if (thrown != null) {
                Outcome outcome = Outcome.of(thrown);
                if (outcome.unknown() && !made.returned().isDone()) {
                    stuck(made);
                }
                timer.now(() -> unseen(outcome.message()));
            }
            synchronized (this) {
                asking = false;
            }
            if (hinted.get()) {
                timer.after(GATHER_MILLIS, this::ask);
            }
        });
    }

    private Sight see() throws DriverException {
        Snapshot before = store.state();
        return connection.use(access -> {
            HostReport report = access.hypervisor().report();
            List<DomainReport> domains = access.hypervisor().domains();
            // Asked last: of each that is missing, its end has been heard by now.
            return new Sight(before, report, domains, access.hypervisor().ends());
        });
    }

    private void seen(Sight sight) throws DriverException {
        Instant now = clock.instant();
        usage = Optional.of(new HostUsage(
                now,
                sight.report().total(),
                sight.report().free(),
                sight.domains().size()));
        synchronized (this) {
            failures = 0;
        }
        reconciliation.seen(tenure, sight);
        reconciliation.destroyStrays(tenure, sight, connection.access());
    }

    private void unseen(String why) {
        int inARow;
        synchronized (this) {
            inARow = ++failures;
        }
        try {
            reconciliation.unseen(tenure, inARow, why);
        } catch (NotOwnedException lost) {
            LOG.debug("that a host does not answer is for its new owner to tell", lost);
        } catch (RuntimeException failure) {
            LOG.warn("that host {} does not answer could not be written down", tenure.host(), failure);
        }
    }

    private synchronized void stuck(DriverThreads.Made<Sight> made) {
        stuckCalls++;
        made.thenReturned(() -> {
            synchronized (this) {
                stuckCalls--;
            }
        });
    }
}
