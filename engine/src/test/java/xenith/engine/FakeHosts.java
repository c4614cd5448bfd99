package xenith.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Capacity;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostFacts;
import xenith.engine.model.Image;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;
import xenith.engine.port.NetworkDriver;

/** Hosts in memory, for tests of the engine alone: what they do wrong is set from outside. Thread-safe. */
public final class FakeHosts implements HypervisorDriver, ImageDriver, NetworkDriver {
    public static final String NAME = "fake";

    private final Map<String, FakeHost> hosts = new ConcurrentHashMap<>();
    public final Set<UUID> forgotten = ConcurrentHashMap.newKeySet();
    /** Files of saved memory, which all hosts see. */
    public final Set<String> memories = ConcurrentHashMap.newKeySet();

    public volatile CountDownLatch examinationsHangUntil = new CountDownLatch(0);

    public DriverSet drivers() {
        return new DriverSet(this, this, this);
    }

    /** The host behind that URI. */
    public FakeHost host(String uri) {
        return hosts.computeIfAbsent(uri, absent -> new FakeHost(this));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Hypervisor connect(HostEndpoint endpoint, DomainListener listener) throws DriverException {
        FakeHost host = host(endpoint.uri());
        host.answer();
        host.listener = listener;
        return host;
    }

    @Override
    public void forget(UUID vm) {
        forgotten.add(vm);
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        FakeHost.await(examinationsHangUntil);
        return new ImageFacts(DiskFormat.RAW, 1, 1);
    }

    @Override
    public BootFiles prepare(HostEndpoint endpoint, BootPlan plan) throws DriverException {
        FakeHost host = host(endpoint.uri());
        host.answer();
        if (host.imageGone) {
            throw new DriverException(Failure.REFUSED, "image file kernel is gone");
        }
        host.clones.add(plan.vm());
        return new BootFiles(Optional.of("kernel"), Optional.empty(), "", List.of());
    }

    @Override
    public String memoryFile(HostEndpoint endpoint, UUID vm) {
        return "memory-" + vm;
    }

    @Override
    public void discard(HostEndpoint endpoint, UUID vm) throws DriverException {
        host(endpoint.uri()).answer();
        host(endpoint.uri()).clones.remove(vm);
    }

    @Override
    public Set<UUID> present(HostEndpoint endpoint) {
        return Set.copyOf(host(endpoint.uri()).clones);
    }

    @Override
    public void adopt(HostEndpoint endpoint, UUID vm) throws DriverException {
        FakeHost here = host(endpoint.uri());
        here.answer();
        if (here.clones.contains(vm)) {
            return;
        }
        if (hosts.values().stream().anyMatch(other -> other.clones.contains(vm) && !other.store.equals(here.store))) {
            throw new DriverException(Failure.REFUSED, endpoint.name() + " does not see what another host has");
        }
        boolean held =
                hosts.values().stream().filter(other -> other.clones.remove(vm)).count() > 0;
        if (held) {
            host(endpoint.uri()).clones.add(vm);
        }
    }

    @Override
    public boolean servesDhcp(HostEndpoint endpoint) {
        return true;
    }

    @Override
    public void ensure(HostEndpoint endpoint, VirtualNetwork network) {}

    @Override
    public void admit(HostEndpoint endpoint, VirtualNetwork network, AddressLease lease) throws DriverException {
        FakeHost host = host(endpoint.uri());
        if (host.admitted.size() >= host.admitsAtMost) {
            throw new DriverException(Failure.FAILED, "dnsmasq takes no more than " + host.admitsAtMost);
        }
        host.admitted.add(lease.mac());
    }

    @Override
    public void withdraw(HostEndpoint endpoint, VirtualNetwork network, AddressLease lease) {
        host(endpoint.uri()).admitted.remove(lease.mac());
    }

    @Override
    public Set<String> admitted(HostEndpoint endpoint, VirtualNetwork network) {
        return Set.copyOf(host(endpoint.uri()).admitted);
    }

    /** What goes wrong with a migration. */
    public enum MoveFault {
        NONE,
        REFUSED,
        /** It took effect, and nobody hears of it. */
        MOVED_SILENTLY,
        /** It did not take effect, and nobody hears of it. */
        STAYED_SILENTLY,
        /** A copy that never gets whole is left at the target. */
        CUT_OFF
    }

    /** One host. */
    public static final class FakeHost implements Hypervisor {
        private final FakeHosts all;
        public final Map<UUID, DomainReport> domains = new ConcurrentHashMap<>();
        /** What each domain was last started as. */
        public final Map<UUID, DomainSpec> specs = new ConcurrentHashMap<>();

        public final Map<UUID, DomainEnd> ends = new ConcurrentHashMap<>();
        public final Set<UUID> clones = ConcurrentHashMap.newKeySet();
        public final Set<String> admitted = ConcurrentHashMap.newKeySet();
        public final AtomicInteger starts = new AtomicInteger();
        public final AtomicInteger reboots = new AtomicInteger();
        public volatile Capacity total = new Capacity(800, 16_384, 100_000);
        public volatile boolean imageGone;
        public volatile boolean unreachable;
        /** Hosts of the same one see each other's clones. */
        public volatile String store = "fake";

        public volatile boolean tellsStore = true;
        /** It answers to all but starts. */
        public volatile boolean isAwayForStarts;

        public volatile boolean losesAnswersOfStart;
        public volatile boolean losesAnswersOfReboot;
        public volatile boolean guestsIgnoreShutdown;
        public volatile boolean refusesToDropMemory;
        /** What domains have by now. */
        public final Map<UUID, Long> memoriesMib = new ConcurrentHashMap<>();

        public volatile long restoredMib;
        public volatile long refusesMemoryMib;
        public volatile boolean losesAnswersOfResize;
        public volatile boolean logsConsole;
        public volatile String console = "";
        public volatile boolean moving;
        public volatile int admitsAtMost = Integer.MAX_VALUE;
        public volatile MoveFault moveFault = MoveFault.NONE;
        public final AtomicInteger callsUnderWay = new AtomicInteger();
        public final AtomicInteger moves = new AtomicInteger();
        public volatile CountDownLatch movesHangUntil = new CountDownLatch(0);
        public final Set<UUID> left = ConcurrentHashMap.newKeySet();
        public volatile CountDownLatch hangsUntil = new CountDownLatch(0);
        private volatile DomainListener listener = () -> {};

        FakeHost(FakeHosts all) {
            this.all = all;
        }

        public void changed() {
            listener.somethingChanged();
        }

        @Override
        public HostReport report() throws DriverException {
            answer();
            return new HostReport(new HostFacts("fake", "1", "x86_64", tellsStore ? store : "", 8), total, total);
        }

        @Override
        public List<DomainReport> domains() throws DriverException {
            answer();
            return List.copyOf(domains.values());
        }

        @Override
        public Optional<DomainReport> domain(UUID vm) throws DriverException {
            answer();
            return Optional.ofNullable(domains.get(vm));
        }

        @Override
        public Map<UUID, DomainEnd> ends() {
            return Map.copyOf(ends);
        }

        @Override
        public void start(DomainSpec spec) throws DriverException {
            answer();
            if (isAwayForStarts) {
                throw new DriverException(Failure.UNREACHABLE, "connection refused");
            }
            if (!domains.containsKey(spec.uuid())) {
                specs.put(spec.uuid(), spec);
                starts.incrementAndGet();
                memoriesMib.put(spec.uuid(), spec.memoryMib());
                domains.put(
                        spec.uuid(),
                        new DomainReport(
                                spec.uuid(),
                                spec.name(),
                                DomainState.RUNNING,
                                Optional.of(spec.cloud()),
                                spec.operation()));
            }
            if (losesAnswersOfStart) {
                losesAnswersOfStart = false;
                throw new DriverException(Failure.UNKNOWN, "the answer was lost");
            }
        }

        @Override
        public void requestShutdown(UUID vm) throws DriverException {
            answer();
            if (!guestsIgnoreShutdown) {
                domains.remove(vm);
                changed();
            }
        }

        @Override
        public void destroy(UUID vm) throws DriverException {
            answer();
            domains.remove(vm);
        }

        @Override
        public void reboot(UUID vm) throws DriverException {
            answer();
            reboots.incrementAndGet();
            if (losesAnswersOfReboot) {
                throw new DriverException(Failure.UNKNOWN, "the answer was lost");
            }
        }

        @Override
        public void pause(UUID vm) throws DriverException {
            set(vm, DomainState.PAUSED);
        }

        @Override
        public void unpause(UUID vm) throws DriverException {
            set(vm, DomainState.RUNNING);
        }

        /** Sets what the domain does, as the host itself would. */
        public void set(UUID vm, DomainState state) throws DriverException {
            answer();
            domains.computeIfPresent(
                    vm,
                    (uuid, domain) -> new DomainReport(uuid, domain.name(), state, domain.cloud(), domain.operation()));
        }

        @Override
        public void save(UUID vm, String file) throws DriverException {
            answer();
            if (domains.remove(vm) != null) {
                all.memories.add(file);
            } else if (!all.memories.contains(file)) {
                throw new DriverException(Failure.REFUSED, "save: there is no domain " + vm);
            }
        }

        @Override
        public void restore(DomainSpec spec, String file) throws DriverException {
            if (!domains.containsKey(spec.uuid()) && !all.memories.contains(file)) {
                throw new DriverException(Failure.REFUSED, "saved memory '" + file + "' is missing");
            }
            start(spec);
            restoredMib = spec.memoryMib();
            all.memories.remove(file);
        }

        @Override
        public void dropMemory(String file) throws DriverException {
            answer();
            if (refusesToDropMemory) {
                throw new DriverException(Failure.FAILED, "the file cannot be removed");
            }
            all.memories.remove(file);
        }

        @Override
        public void migrate(UUID vm, HostEndpoint target, boolean live) throws DriverException {
            answer();
            moves.incrementAndGet();
            await(movesHangUntil);
            FakeHost there = all.host(target.uri());
            if (!domains.containsKey(vm) && there.domains.containsKey(vm)) {
                return;
            }
            switch (moveFault) {
                case REFUSED -> throw new DriverException(Failure.FAILED, "the target has no memory left");
                case STAYED_SILENTLY -> throw new DriverException(Failure.UNKNOWN, "the answer was lost");
                case CUT_OFF -> {
                    DomainReport whole = domains.get(vm);
                    there.domains.put(
                            vm,
                            new DomainReport(vm, whole.name(), DomainState.PAUSED, whole.cloud(), whole.operation()));
                    throw new DriverException(Failure.UNKNOWN, "the answer was lost");
                }
                case NONE, MOVED_SILENTLY -> {
                    there.domains.put(vm, domains.get(vm));
                    domains.remove(vm);
                }
            }
            if (moveFault == MoveFault.MOVED_SILENTLY) {
                throw new DriverException(Failure.UNKNOWN, "the answer was lost");
            }
        }

        @Override
        public boolean isMoving(UUID vm) throws DriverException {
            answer();
            return moving;
        }

        @Override
        public void leave(UUID vm) {
            left.add(vm);
        }

        @Override
        public void resize(UUID vm, int vcpus, long memoryMib) throws DriverException {
            answer();
            if (refusesMemoryMib == memoryMib) {
                throw new DriverException(Failure.FAILED, "the guest keeps its memory");
            }
            memoriesMib.put(vm, memoryMib);
            if (losesAnswersOfResize) {
                losesAnswersOfResize = false;
                throw new DriverException(Failure.UNKNOWN, "the answer was lost");
            }
        }

        @Override
        public List<DomainUsage> usages() throws DriverException {
            answer();
            return domains.keySet().stream()
                    .map(vm -> new DomainUsage(vm, 1, 2, 1, 4, 5, 6, 7))
                    .toList();
        }

        @Override
        public byte[] console(UUID vm, int maxBytes) throws DriverException {
            answer();
            return console.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean logsConsole(UUID vm) {
            return logsConsole;
        }

        @Override
        public void forget(UUID vm) {}

        @Override
        public boolean alive() {
            return !unreachable;
        }

        @Override
        public void close() {}

        private void answer() throws DriverException {
            if (unreachable) {
                throw new DriverException(Failure.UNREACHABLE, "no route to host");
            }
            callsUnderWay.incrementAndGet();
            try {
                await(hangsUntil);
            } finally {
                callsUnderWay.decrementAndGet();
            }
        }

        private static void await(CountDownLatch latch) throws DriverException {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DriverException(Failure.UNKNOWN, "interrupted", interrupted);
            }
        }
    }
}
