package xenith.engine.ownership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.EventKind;
import xenith.engine.model.Gateway;
import xenith.engine.model.HostId;
import xenith.engine.model.HostOwner;
import xenith.engine.store.Change;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Gateways;
import xenith.engine.tables.HostOwners;
import xenith.engine.tables.Hosts;

/**
 * One gateway's part among several. Each has a row with a beat that it lets rise; each owns its share of the hosts. Whose
 * beat has stood still for long, by the watch of one of the others, is given up by it: its row goes, and its hosts are
 * nobody's until somebody takes them. Clocks need not agree. The gateway that has been there the longest leads.
 */
public final class SharedOwnership implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(SharedOwnership.class);

    private final Store store;
    private final String id;
    private final String name;
    private final GatewayTimes times;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean roundIsDue = new AtomicBoolean();
    /** The others' last beats, each with when it was first seen. For {@link #thread} alone. */
    private final Map<String, Beat> beats = new HashMap<>();

    private long lastRoundNanos;
    private boolean hampered;
    /** The one under which it has joined; 0 when another process has taken its place. */
    private volatile long epoch;

    private volatile long certainUntilNanos;

    private record Beat(long epoch, long beat, long seenNanos) {
        boolean isThatOf(Gateway gateway) {
            return gateway.epoch() == epoch && gateway.beat() == beat;
        }
    }

    /** What a round has come to. */
    private record Round(long epoch, boolean more) {}

    /**
     * Joins nobody yet.
     *
     * @param id of this gateway's home: a process that comes with the same one takes its place
     * @param name for people
     */
    public SharedOwnership(Store store, String id, String name, GatewayTimes times) {
        this.store = store;
        this.id = id;
        this.name = name;
        this.times = times;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "ownership");
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public void start() {
        long began = System.nanoTime();
        epoch = store.write(this::join);
        renewed(began);
        lastRoundNanos = began;
        store.listen((state, changes, events) -> {
            if (changes.stream().anyMatch(SharedOwnership::isOccasion)) {
                roundSoon();
            }
        });
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::round, 0, times.beatMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Long> epochOf(Snapshot state, HostId host) {
        return state.find(HostOwners.TABLE, host)
                .filter(owner -> owner.gateway().equals(id) && isJoined(state))
                .map(HostOwner::epoch);
    }

    @Override
    public boolean leads(Snapshot state) {
        return isJoined(state) && state.all(Gateways.TABLE).stream().allMatch(gateway -> gateway.epoch() >= epoch);
    }

    @Override
    public boolean isCertain() {
        return epoch != 0 && System.nanoTime() - certainUntilNanos < 0;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            store.write(tx -> {
                if (isJoined(tx.state())) {
                    HostShares.release(tx, id);
                    tell(tx, EventKind.GATEWAY_LEFT, new Gateway(id, name, epoch, 0));
                }
                return null;
            });
        } catch (RuntimeException failure) {
            LOG.info("others take this gateway's hosts in their own time: {}", failure.getMessage());
        }
    }

    private boolean isJoined(Snapshot state) {
        return state.find(Gateways.TABLE, id)
                .filter(own -> own.epoch() == epoch)
                .isPresent();
    }

    private long join(Transaction tx) {
        List<HostId> before = tx.state()
                .by(HostOwners.BY_GATEWAY, HostOwners.TABLE, id)
                .map(HostOwner::host)
                .sorted()
                .toList();
        Gateway joined = new Gateway(id, name, tx.next("gateway"), 0);
        tx.put(Gateways.TABLE, joined);
        before.forEach(host -> HostShares.take(tx, id, host));
        tell(tx, EventKind.GATEWAY_JOINED, joined);
        return joined.epoch();
    }

    private void roundSoon() {
        if (roundIsDue.compareAndSet(false, true)) {
            try {
                thread.execute(this::round);
            } catch (RejectedExecutionException closed) {
                LOG.debug("an occasion came after the end", closed);
            }
        }
    }

    private void round() {
        roundIsDue.set(false);
        if (epoch == 0) {
            return;
        }
        try {
            long began = System.nanoTime();
            if (began - lastRoundNanos > TimeUnit.MILLISECONDS.toNanos(2 * times.beatMillis())) {
                // What has kept this gateway back may have kept back the others.
                beats.clear();
            }
            Map<String, Beat> still = standingStill(began);
            Round done = store.write(tx -> round(tx, still));
            if (done.epoch() == 0) {
                LOG.error(
                        "another process serves as this gateway, whose home it must have copied: this one does nothing");
            }
            epoch = done.epoch();
            lastRoundNanos = began;
            renewed(began);
            hampered = false;
            if (done.more()) {
                roundSoon();
            }
        } catch (RuntimeException failure) {
            if (!hampered) {
                LOG.warn("this gateway cannot show that it lives: {}", failure.getMessage());
            }
            hampered = true;
        }
    }

    private void renewed(long beganNanos) {
        // Others count from when they saw the beat, which is later: this gateway stops first.
        certainUntilNanos = beganNanos + TimeUnit.MILLISECONDS.toNanos(times.lostMillis() - times.beatMillis());
    }

    /** Gateways whose beat has been the same for too long, and which. */
    private Map<String, Beat> standingStill(long nowNanos) {
        Map<String, Beat> still = new HashMap<>();
        Set<String> there = new HashSet<>();
        for (Gateway gateway : store.state().all(Gateways.TABLE)) {
            there.add(gateway.id());
            Beat known = beats.get(gateway.id());
            if (known == null || !known.isThatOf(gateway)) {
                beats.put(gateway.id(), new Beat(gateway.epoch(), gateway.beat(), nowNanos));
            } else if (nowNanos - known.seenNanos() > TimeUnit.MILLISECONDS.toNanos(times.lostMillis())) {
                still.put(gateway.id(), known);
            }
        }
        beats.keySet().retainAll(there);
        still.remove(id);
        return still;
    }

    private Round round(Transaction tx, Map<String, Beat> still) {
        Optional<Gateway> own = tx.find(Gateways.TABLE, id);
        if (own.isPresent() && own.get().epoch() != epoch) {
            return new Round(0, false);
        }
        long now = epoch;
        if (own.isPresent()) {
            tx.put(Gateways.TABLE, own.get().beaten());
        } else {
            now = join(tx);
        }
        still.forEach((other, beat) ->
                tx.find(Gateways.TABLE, other).filter(beat::isThatOf).ifPresent(gateway -> giveUp(tx, gateway)));
        return new Round(now, HostShares.settle(tx, id));
    }

    private static void giveUp(Transaction tx, Gateway gateway) {
        HostShares.release(tx, gateway.id());
        tell(tx, EventKind.GATEWAY_LOST, gateway);
    }

    private static void tell(Transaction tx, EventKind kind, Gateway gateway) {
        tx.emit(kind, "gateway/" + gateway.id(), Optional.empty(), gateway.name());
    }

    /** Whether hosts may have to be shared out anew. */
    private static boolean isOccasion(Change<?, ?> change) {
        boolean isOneOfMany =
                change.table() == Hosts.TABLE || change.table() == Gateways.TABLE || change.table() == HostOwners.TABLE;
        return isOneOfMany
                && (change.after().isEmpty() || (change.before().isEmpty() && change.table() != HostOwners.TABLE));
    }
}
