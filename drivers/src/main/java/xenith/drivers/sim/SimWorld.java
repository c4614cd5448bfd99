package xenith.drivers.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;

/**
 * Simulated hosts, made when they are first named. Their state is kept in a directory and is there again when the world
 * is opened again, whatever ended the process before; time goes on for them meanwhile. One process has it open at a
 * time, unless all that do share it. No host has a thread; one thread tells listeners. Thread-safe.
 */
public final class SimWorld implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimWorld.class);

    private final long seed;
    private final SimSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final SimLedger ledger;
    private final SimGate gate = new SimGate();
    private final Map<String, SimFaults> faults = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor later;
    private volatile SimFaults everyHosts;
    private volatile boolean closed;

    /**
     * Opens the world.
     *
     * @param directory of its own; made when it is not there
     * @param seed of what chance brings: the same calls on a host in the same order find the same
     * @throws IOException when the directory cannot be used, is damaged, or is in use
     */
    public SimWorld(Path directory, long seed, SimSettings settings) throws IOException {
        this(directory, false, seed, settings);
    }

    /**
     * Opens a world that several processes may share; what one has put off till later is lost with it.
     *
     * @throws IOException when the directory cannot be used or is damaged
     */
    public static SimWorld shared(Path directory, long seed, SimSettings settings) throws IOException {
        return new SimWorld(directory, true, seed, settings);
    }

    private SimWorld(Path directory, boolean shared, long seed, SimSettings settings) throws IOException {
        this.seed = seed;
        this.settings = settings;
        this.everyHosts = settings.faults();
        this.ledger = new SimLedger(directory, shared, settings.compactAfterBytes());
        this.later = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sim-world");
            thread.setDaemon(true);
            return thread;
        });
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ledger.hosts().forEach(this::scheduleAll);
    }

    /** Sets what goes wrong on hosts that have no faults of their own. */
    public void setFaults(SimFaults all) {
        everyHosts = all;
        gate.signal();
    }

    /** Sets what goes wrong on one host, the one of {@code sim://HOST}. */
    public void setFaults(String host, SimFaults own) {
        faults.put(host, own);
        gate.signal();
    }

    /** Ends every host's own faults and those of all. */
    public void clearFaults() {
        faults.clear();
        setFaults(SimFaults.NONE);
    }

    SimFaults faults(String host) {
        return faults.getOrDefault(host, everyHosts);
    }

    /** A host loses its power and has it again: all of its domains are gone. */
    public void powerCycle(String host) throws DriverException {
        SimHost there = ledger.host(host);
        ledger.change(() -> {
            SimActs acts = acts(there);
            return there.domains(now())
                    .flatMap(domain -> acts.end(domain.start().uuid()).stream())
                    .toList();
        });
        tell(there);
    }

    /**
     * Everything that is on the hosts now, and what became of every machine; machines that are nowhere any more may be
     * forgotten each time when the journal has grown by {@link SimSettings#compactAfterBytes}.
     */
    public SimAudit audit() {
        List<SimHost> hosts = ledger.hosts().toList();
        long now = now();
        return new SimAudit(
                hosts.stream()
                        .flatMap(host ->
                                host.domains(now).map(domain -> new SimAudit.Domain(host.name(), domain.reportAt(now))))
                        .toList(),
                hosts.stream()
                        .flatMap(host -> host.all(SimKind.CLONE)
                                .map(clone -> new SimAudit.Clone(host.name(), clone.vm(), clone.boots())))
                        .toList(),
                hosts.stream()
                        .flatMap(host -> host.all(SimKind.CARD)
                                .map(card ->
                                        new SimAudit.Admitted(host.name(), card.network(), card.mac(), card.address())))
                        .toList(),
                ledger.tallies().toList());
    }

    /** Closes the world; its hosts' state stays. Calls that wait end. */
    @Override
    public void close() {
        closed = true;
        gate.signal();
        later.shutdownNow();
        try {
            ledger.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    long seed() {
        return seed;
    }

    SimSettings settings() {
        return settings;
    }

    SimGate gate() {
        return gate;
    }

    SimLedger ledger() {
        return ledger;
    }

    long now() {
        return clock.millis();
    }

    SimActs acts(SimHost host) {
        return new SimActs(ledger, host, now());
    }

    /** Tells the host's listeners, from the world's own thread. */
    void tell(SimHost host) {
        if (host.hasListeners()) {
            schedule(host::tellListeners, 0);
        }
    }

    /** Has the host do that work later, even when the process ends before. */
    void defer(SimHost host, SimLate late) throws DriverException {
        String id = UUID.randomUUID().toString();
        ledger.change(() -> List.of(SimChange.put(SimKind.LATE, host.name(), id, late)));
        schedule(() -> arrive(host, id, late), late.atMillis() - now());
    }

    /** Looks after a domain that ends or crashes by itself. */
    void watch(SimHost host, UUID vm) {
        host.find(SimKind.DOMAIN, vm).ifPresent(domain -> {
            long atMillis = Math.min(domain.endsAtMillis(), domain.crashesAtMillis());
            if (atMillis != SimDomain.NEVER) {
                schedule(() -> lookAgain(host, vm), Math.max(0, atMillis - now()));
            }
        });
    }

    private void scheduleAll(SimHost host) {
        host.all(SimKind.DOMAIN).forEach(domain -> watch(host, domain.start().uuid()));
        host.changes().filter(change -> change.kind().equals(SimKind.LATE)).forEach(change -> change.value()
                .map(SimKind.LATE.type()::cast)
                .ifPresent(late -> schedule(() -> arrive(host, change.id(), late), late.atMillis() - now())));
    }

    private void lookAgain(SimHost host, UUID vm) throws DriverException {
        ledger.change(() -> host.find(SimKind.DOMAIN, vm)
                .filter(domain -> !domain.thereAt(now()))
                .map(ended -> List.of(SimChange.remove(SimKind.DOMAIN, host.name(), vm)))
                .orElse(List.of()));
        host.tellListeners();
    }

    /** Late work looks at what is there when it comes, as any does. */
    private void arrive(SimHost host, String id, SimLate late) throws DriverException {
        ledger.change(() -> {
            List<SimChange> changes = new ArrayList<>(List.of(SimChange.remove(SimKind.LATE, host.name(), id)));
            try {
                changes.addAll(work(host, late));
            } catch (DriverException e) {
                LOG.debug("late {} on host {}: {}", late.call(), host.name(), e.getMessage());
            }
            return changes;
        });
        watch(host, late.vm());
        host.tellListeners();
    }

    private List<SimChange> work(SimHost host, SimLate late) throws DriverException {
        return switch (late.call()) {
            case START -> acts(host).start(late.start().get(0), late.hostsTotal(), SimDomain.NEVER);
            case SHUTDOWN -> acts(host).requestShutdown(late.vm(), late.cloud(), shutdownMillis(host));
            case DESTROY -> acts(host).destroy(late.vm(), late.cloud());
            case CONNECT,
                    REPORT,
                    LIST,
                    REBOOT,
                    PAUSE,
                    UNPAUSE,
                    SAVE,
                    RESTORE,
                    DROP_MEMORY,
                    MIGRATE,
                    LEAVE,
                    RESIZE,
                    USAGE,
                    CONSOLE,
                    FORGET,
                    PREPARE,
                    ADOPT,
                    DISCARD,
                    PRESENT,
                    ENSURE,
                    ADMIT,
                    WITHDRAW,
                    ADMITTED -> throw new IllegalStateException(late.call() + " is never late");
        };
    }

    Optional<Long> shutdownMillis(SimHost host) {
        return faults(host.name()).guestsIgnoreShutdown() ? Optional.empty() : Optional.of(settings.shutdownMillis());
    }

    /** Work of the world's own thread. */
    @FunctionalInterface
    private interface Later {
        void run() throws DriverException;
    }

    private void schedule(Later work, long delayMillis) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (DriverException | RuntimeException e) {
                // As much as the host itself could say; whoever cares looks again.
                LOG.warn("simulated world: {}", e.toString());
            }
        };
        try {
            if (delayMillis <= 0) {
                later.execute(guarded);
            } else {
                ScheduledFuture<?> unused = later.schedule(guarded, delayMillis, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.trace("the world is closed; what its journal holds goes on when it is opened again", e);
        }
    }
}
