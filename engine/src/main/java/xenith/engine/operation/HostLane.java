package xenith.engine.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VirtualMachine;
import xenith.engine.ownership.NotOwnedException;
import xenith.engine.port.DriverException;
import xenith.engine.store.Store;
import xenith.engine.store.StoreUnavailableException;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/**
 * Does one host's operations, one at a time and a few moves beside it. A host that hangs keeps only a few threads, and its
 * lane rests between attempts; other hosts' lanes do not notice. A move that hangs may do so for its other host, and keeps
 * back no other work. Thread-safe.
 */
final class HostLane {
    private static final Logger LOG = LoggerFactory.getLogger(HostLane.class);

    /** How often a guest that was asked to shut down is looked at, and asked again. */
    private static final long LOOK_MILLIS = 2_000;

    private static final long SETTLE_AGAIN_MILLIS = 1_000;

    private final Tenure tenure;
    private final HostConnection connection;
    private final Peers peers;
    private final Store store;
    private final LaneThreads threads;
    private final EngineTimer timer;
    private final Settlement settlement;
    private final EngineSettings settings;
    private final Clock clock;
    private final LaneLoad load = new LaneLoad();
    private boolean closed;
    private int failuresInARow;
    private Instant restsUntil = Instant.MIN;
    private Instant looksFrom = Instant.MIN;

    HostLane(
            Tenure tenure,
            HostConnection connection,
            Peers peers,
            Store store,
            LaneThreads threads,
            EngineTimer timer,
            EngineSettings settings,
            boolean restartsLost,
            Clock clock) {
        this.tenure = tenure;
        this.connection = connection;
        this.peers = peers;
        this.store = store;
        this.threads = threads;
        this.timer = timer;
        this.settlement = new Settlement(settings, restartsLost);
        this.settings = settings;
        this.clock = clock;
    }

    /** Something may have to be done: chooses, and begins it. */
    synchronized void pump() {
        Instant now = clock.instant();
        if (closed || restsUntil.isAfter(now)) {
            return;
        }
        List<Operation> operations =
                Operations.onHost(store.state(), tenure.host()).toList();
        NextOperation next = NextOperation.choose(operations, now, looksFrom, load);
        while (next.due().isPresent()) {
            begin(next.due().get());
            next = NextOperation.choose(operations, now, looksFrom, load);
        }
        next.wakeAt().ifPresent(at -> pumpAfter(Duration.between(now, at).toMillis() + 1));
    }

    /** The host has reported a change: guests that were asked to shut down may be gone. */
    synchronized void look() {
        looksFrom = Instant.MIN;
        pump();
    }

    synchronized void close() {
        closed = true;
    }

    private void begin(Operation operation) {
        load.begin(operation);
        boolean looks = operation.status() == OperationStatus.WAITING;
        if (looks) {
            looksFrom = clock.instant().plusMillis(LOOK_MILLIS);
        }
        long timeoutMillis = Math.min(
                settings.callTimeoutMillis(),
                TimeUnit.SECONDS.toMillis(OperationRule.of(operation.kind()).timeoutSeconds()));
        Attempt attempt = new Attempt(operation);
        DriverThreads.Made<Outcome> made = threads.of(operation.kind())
                .call(operation.kind() + " of vm " + operation.vm(), timeoutMillis, () -> attempt.run(looks));
        made.then((outcome, thrown) -> {
            Outcome found = thrown == null ? outcome : Outcome.of(thrown);
            // Which of its two hosts keeps a move's answer back, nobody knows.
            Outcome judged = operation.kind().moves() && found.unknown() ? Outcome.undecided(found.message()) : found;
            if (made.returned().isDone() || !found.unknown()) {
                settle(attempt, judged);
            } else {
                stuck(operation, made);
                timer.now(() -> settle(attempt, judged));
            }
        });
    }

    private void stuck(Operation operation, DriverThreads.Made<Outcome> made) {
        synchronized (this) {
            load.stuck(operation.kind());
        }
        made.thenReturned(() -> {
            synchronized (this) {
                load.returned(operation.kind());
            }
            pump();
        });
    }

    /** Writes the outcome down, however long the database takes to take it, and goes on. */
    private void settle(Attempt attempt, Outcome outcome) {
        try {
            attempt.begun().ifPresent(operation -> {
                boolean stillWaits =
                        operation.status() == OperationStatus.WAITING && outcome.kind() == Outcome.Kind.WAITING;
                if (!stillWaits) {
                    store.write(tx -> {
                        tenure.require(tx);
                        settlement.settle(tx, operation, outcome);
                        return null;
                    });
                }
            });
        } catch (StoreUnavailableException failure) {
            LOG.warn("an outcome on host {} waits for the database", tenure.host(), failure);
            timer.after(SETTLE_AGAIN_MILLIS, () -> settle(attempt, outcome));
            return;
        } catch (NotOwnedException lost) {
            LOG.info("an outcome is not written down: {}", lost.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("an outcome on host {} cannot be written down", tenure.host(), failure);
        }
        goOn(attempt.operation, outcome);
    }

    private synchronized void goOn(Operation operation, Outcome outcome) {
        load.end(operation);
        if (outcome.unknown() || outcome.unreachable()) {
            failuresInARow++;
            long restMillis = settings.retryMillis(failuresInARow);
            restsUntil = clock.instant().plusMillis(restMillis);
            pumpAfter(restMillis + 1);
        } else {
            if (outcome.kind() != Outcome.Kind.UNDECIDED) {
                failuresInARow = 0;
            }
            pump();
        }
    }

    private void pumpAfter(long millis) {
        timer.after(millis, this::pump);
    }

    /** One attempt at an operation, on a driver thread. */
    private final class Attempt {
        private final Operation operation;
        private volatile Optional<Operation> begun = Optional.empty();

        Attempt(Operation operation) {
            this.operation = operation;
        }

        /** The operation as the attempt left it; empty when it did not come so far. */
        Optional<Operation> begun() {
            return begun;
        }

        Outcome run(boolean looks) throws DriverException {
            VirtualMachine vm = store.state()
                    .find(Vms.TABLE, operation.vm())
                    .orElseThrow(() -> new IllegalStateException("vm " + operation.vm() + " is gone"));
            if (looks) {
                begun = Optional.of(operation);
                return connected(host ->
                        OperationRunner.look(vm, host, !operation.notBefore().isAfter(clock.instant())));
            }
            begun = store.write(tx -> {
                tenure.require(tx);
                return settlement.begin(tx, operation);
            });
            if (begun.isEmpty()) {
                return Outcome.DONE;
            }
            boolean asks = operation.status() != OperationStatus.QUEUED
                    && OperationRule.of(operation.kind()).unknown() == OperationRule.WhenUnknown.ASK;
            Operation attempted = begun.get();
            if (operation.kind().moves()) {
                Relocation move = new Relocation(store.state(), attempted, vm, peers);
                // Asking must go on without the host whose lane this is: that may be the one that is lost.
                return asks ? move.ask() : connected(host -> move.run());
            }
            return asks
                    ? asked(attempted, vm)
                    : connected(host -> OperationRunner.run(store, attempted, vm, host, peers));
        }

        /** That nothing was sent this time says nothing of what was sent before. */
        private Outcome asked(Operation attempted, VirtualMachine vm) throws DriverException {
            try {
                return connected(host -> OperationRunner.ask(attempted, vm, host));
            } catch (DriverException failure) {
                throw failure.failure() == DriverException.Failure.UNREACHABLE
                        ? new DriverException(DriverException.Failure.UNKNOWN, failure.getMessage(), failure)
                        : failure;
            }
        }

        private Outcome connected(DriverWork work) throws DriverException {
            tenure.requireCertain();
            return connection.use(work::on);
        }
    }

    /** What an attempt does with a connected host. */
    @FunctionalInterface
    private interface DriverWork {
        Outcome on(HostAccess host) throws DriverException;
    }
}
