package xenith.engine.operation;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.store.Change;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.HostOwners;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Operations;

/**
 * A lane and a watch for every host of this gateway's: begun when the host is its own, ended when it no longer is; and a
 * connection to any host, for questions. Thread-safe.
 */
public final class HostRuntimes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostRuntimes.class);

    /** However many hosts there are, no more of them are asked in a second, so that asking never takes all the means. */
    private static final int MAX_POLLS_PER_SECOND = 200;

    private static final int TIMER_THREADS = 2;

    /** Images that are looked at, or fetched, at once; whoever asks beyond them is to come again. */
    private static final int INSPECTIONS_AT_ONCE = 4;

    /** Of one host. */
    private static final int QUESTIONS_AT_ONCE = 4;

    private final Store store;
    private final Ownership ownership;
    private final Map<String, DriverSet> drivers;
    private final EngineSettings settings;
    private final boolean restartsLost;
    private final Clock clock;
    private final EngineTimer timer;
    private final LaneThreads laneThreads;
    private final DriverThreads watchThreads;
    private final DriverThreads questionThreads;
    private final DriverThreads otherThreads;
    private final Semaphore inspections = new Semaphore(INSPECTIONS_AT_ONCE);
    private final Map<HostId, HostLink> links = new ConcurrentHashMap<>();
    private final Map<HostId, HostRuntime> runtimes = new ConcurrentHashMap<>();

    /**
     * What is there for every host that was asked anything.
     *
     * @param questions how many may be under way at once
     */
    private record HostLink(HostConnection connection, Semaphore questions) {}

    /** What is there for a host of this gateway's. */
    private record HostRuntime(Tenure tenure, HostLane lane, HostWatch watch) {
        void close() {
            lane.close();
            watch.close();
        }
    }

    /** @param restartsLost whether machines that a lost host let go are to be started on others */
    public HostRuntimes(
            Store store,
            Ownership ownership,
            Map<String, DriverSet> drivers,
            EngineSettings settings,
            boolean restartsLost,
            Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.drivers = Map.copyOf(drivers);
        this.settings = settings;
        this.restartsLost = restartsLost;
        this.clock = clock;
        this.timer = new EngineTimer("engine-timer", TIMER_THREADS);
        this.laneThreads = new LaneThreads(
                new DriverThreads("operation", settings.driverThreads(), settings.maxStuckThreads(), timer),
                new DriverThreads("move", settings.driverThreads(), settings.maxStuckThreads(), timer));
        this.watchThreads = new DriverThreads("watch", settings.monitorThreads(), settings.maxStuckThreads(), timer);
        this.questionThreads =
                new DriverThreads("question", settings.monitorThreads(), settings.maxStuckThreads(), timer);
        this.otherThreads = new DriverThreads("driver", INSPECTIONS_AT_ONCE, settings.maxStuckThreads(), timer);
    }

    /** Begins with what the database holds. */
    public void start() {
        store.listen((state, changes, events) -> {
            Set<HostId> touched = touched(changes);
            if (!touched.isEmpty()) {
                timer.now(() -> follow(touched));
            }
        });
        Set<HostId> all = new HashSet<>();
        store.state().all(Hosts.TABLE).forEach(host -> all.add(host.id()));
        follow(all);
    }

    /** How the host was when it last answered this gateway; empty when it has not since it became its own. */
    public Optional<HostUsage> usage(HostId host) {
        return Optional.ofNullable(runtimes.get(host)).flatMap(runtime -> runtime.watch.usage());
    }

    /**
     * Asks a host something.
     *
     * @throws DriverException {@code UNKNOWN} when it does not answer in time
     */
    public <T> T ask(HostId host, String what, HostQuestion<T> question) throws DriverException {
        return QuickCalls.await(asked(host, what, question), settings.quickCallMillis());
    }

    /** Asks several hosts the same at once; those that do not answer in time are left out. */
    public <T> Map<HostId, T> askEach(Set<HostId> hosts, String what, HostQuestion<T> question) {
        Map<HostId, DriverThreads.Made<T>> made = new HashMap<>();
        hosts.forEach(host -> made.put(host, asked(host, what, question)));
        Map<HostId, T> answers = new HashMap<>();
        made.forEach((host, call) -> {
            try {
                answers.put(host, QuickCalls.await(call, settings.quickCallMillis()));
            } catch (DriverException failure) {
                LOG.info("{} of host {}: {}", what, host, failure.getMessage());
            }
        });
        return answers;
    }

    /** A host that does not answer must not keep the threads that others' answers need. */
    private <T> DriverThreads.Made<T> asked(HostId host, String what, HostQuestion<T> question) {
        Optional<HostLink> link = store.state()
                .find(Hosts.TABLE, host)
                .filter(known -> !known.silent())
                .map(this::link);
        if (link.isEmpty()) {
            return DriverThreads.Made.refused("host " + host + " does not answer");
        }
        Semaphore questions = link.get().questions();
        if (!questions.tryAcquire()) {
            return DriverThreads.Made.refused("host " + host + " is busy with other questions");
        }
        DriverThreads.Made<T> made =
                questionThreads.call(what, settings.quickCallMillis(), () -> question.of(access(host)));
        made.thenReturned(questions::release);
        return made;
    }

    /** Driver work that is no question to a host, on threads that nothing else waits for. */
    public <T> T call(String what, DriverThreads.Call<T> call) throws DriverException {
        return QuickCalls.await(
                otherThreads.call(what, settings.callTimeoutMillis(), call), settings.callTimeoutMillis());
    }

    /**
     * {@link #call} for work that a stranger's server may make last: only a few at once.
     *
     * @throws DriverException {@code UNREACHABLE} when too many are under way
     */
    public <T> T inspect(String what, DriverThreads.Call<T> call) throws DriverException {
        if (!inspections.tryAcquire()) {
            throw new DriverException(
                    DriverException.Failure.UNREACHABLE,
                    INSPECTIONS_AT_ONCE + " other images are being looked at; try again later");
        }
        try {
            return call(what, call);
        } finally {
            inspections.release();
        }
    }

    /** Has each driver remove what this machine keeps of an ended machine whose host is not there any more. */
    void forget(UUID vm) throws DriverException {
        for (DriverSet set : drivers.values()) {
            set.hypervisor().forget(vm);
        }
    }

    public DriverSet driversNamed(String name) {
        DriverSet found = drivers.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no driver '" + name + "'");
        }
        return found;
    }

    @Override
    public void close() {
        runtimes.values().forEach(HostRuntime::close);
        laneThreads.close();
        watchThreads.close();
        questionThreads.close();
        otherThreads.close();
        timer.close();
        links.values().forEach(link -> link.connection().close());
    }

    /** A question to a connected host. */
    @FunctionalInterface
    public interface HostQuestion<T> {
        T of(HostAccess host) throws DriverException;
    }

    private HostAccess access(HostId host) throws DriverException {
        Optional<HostLink> link = store.state().find(Hosts.TABLE, host).map(this::link);
        if (link.isEmpty()) {
            throw new DriverException(DriverException.Failure.UNREACHABLE, "host " + host + " is not there");
        }
        return link.get().connection().access();
    }

    private HostLink link(Host host) {
        return links.computeIfAbsent(host.id(), absent -> {
            HostEndpoint endpoint = new HostEndpoint(
                    host.id(), host.name(), host.uri(), host.migrationAddress(), Cloud.uuidOf(store.state()));
            // The connection tells lane and watch of changes, and they use the connection: it finds them when it has
            // to.
            return new HostLink(
                    new HostConnection(endpoint, driversNamed(host.driver()), () -> changed(host.id())),
                    new Semaphore(QUESTIONS_AT_ONCE));
        });
    }

    private static Set<HostId> touched(List<Change<?, ?>> changes) {
        Set<HostId> touched = new HashSet<>();
        for (Change<?, ?> change : changes) {
            if (change.table() == Operations.TABLE) {
                touched.add(Operations.TABLE.sameTable(change).any().host());
            } else if (change.table() == HostOwners.TABLE) {
                touched.add(HostOwners.TABLE.sameTable(change).any().host());
            } else if (change.table() == Hosts.TABLE) {
                Change<HostId, Host> host = Hosts.TABLE.sameTable(change);
                if (host.before().isEmpty() || host.after().isEmpty()) {
                    touched.add(host.any().id());
                }
            }
        }
        return touched;
    }

    private void follow(Set<HostId> hosts) {
        // A start with many hosts must not have all of them asked before anything else is.
        long pauseMillis = 0;
        for (HostId id : hosts) {
            long firstLookMillis = pauseMillis;
            HostRuntime runtime = runtimes.compute(id, (same, known) -> followed(id, known, firstLookMillis));
            if (runtime != null) {
                pauseMillis += 1000 / MAX_POLLS_PER_SECOND;
                runtime.lane.pump();
            }
            if (store.state().find(Hosts.TABLE, id).isEmpty()) {
                HostLink removed = links.remove(id);
                if (removed != null) {
                    leave(removed);
                }
            }
        }
    }

    /** The host's runtime as the newest state wants it; null when it wants none. */
    private HostRuntime followed(HostId id, HostRuntime known, long firstLookMillis) {
        Snapshot state = store.state();
        Optional<Host> host = state.find(Hosts.TABLE, id);
        Optional<Long> epoch = host.flatMap(there -> ownership.epochOf(state, id));
        if (known != null) {
            if (epoch.filter(now -> now == known.tenure().epoch()).isPresent()) {
                return known;
            }
            known.close();
        }
        return epoch.map(now -> begin(state, host.orElseThrow(), now, firstLookMillis))
                .orElse(null);
    }

    private HostRuntime begin(Snapshot state, Host host, long epoch, long firstLookMillis) {
        Tenure tenure = new Tenure(host.id(), epoch, ownership);
        HostConnection connection = link(host).connection();
        HostLane lane = new HostLane(
                tenure, connection, this::access, store, laneThreads, timer, settings, restartsLost, clock);
        HostWatch watch = new HostWatch(
                tenure,
                connection,
                store,
                watchThreads,
                timer,
                new Reconciliation(store, this::access, Cloud.uuidOf(state), settings, clock),
                settings,
                clock);
        int count = state.all(Hosts.TABLE).size();
        long everyMillis = Math.max(settings.pollMillis(), 1000L * count / MAX_POLLS_PER_SECOND);
        watch.start(firstLookMillis, everyMillis);
        return new HostRuntime(tenure, lane, watch);
    }

    private void changed(HostId host) {
        HostRuntime runtime = runtimes.get(host);
        if (runtime != null) {
            runtime.watch.hint();
            timer.now(runtime.lane::look);
        }
    }

    private void leave(HostLink link) {
        watchThreads
                .call("leaving a host", settings.quickCallMillis(), () -> {
                    link.connection().close();
                    return true;
                })
                .then((left, thrown) -> LOG.info("left a host that was removed"));
    }
}
