package xenith.drivers.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import xenith.engine.model.Capacity;
import xenith.engine.port.DomainListener;
import xenith.engine.port.Hypervisor;

/** What one simulated host holds. Read by any thread; changed by {@link SimLedger} only. */
final class SimHost {
    private final String name;
    private final Map<SimKind<?>, Map<String, Object>> things = new LinkedHashMap<>();
    /** By connection, with which they end. */
    private final Map<Hypervisor, DomainListener> listeners = new ConcurrentHashMap<>(2);

    /** Domains that are on their way to another host. */
    private final Set<UUID> moving = ConcurrentHashMap.newKeySet();

    private final AtomicLong calls = new AtomicLong();

    SimHost(String name) {
        this.name = name;
        SimKind.ALL.forEach(kind -> things.put(kind, new ConcurrentHashMap<>(2)));
    }

    String name() {
        return name;
    }

    <T> Optional<T> find(SimKind<T> kind, Object id) {
        return Optional.ofNullable(kind.type().cast(map(kind).get(id.toString())));
    }

    <T> Stream<T> all(SimKind<T> kind) {
        return map(kind).values().stream().map(kind.type()::cast);
    }

    private Map<String, Object> map(SimKind<?> kind) {
        Map<String, Object> map = things.get(kind);
        if (map == null) {
            throw new IllegalArgumentException("hosts hold no " + kind.name());
        }
        return map;
    }

    Optional<SimDomain> domain(UUID vm, long nowMillis) {
        return find(SimKind.DOMAIN, vm).filter(domain -> domain.thereAt(nowMillis));
    }

    Stream<SimDomain> domains(long nowMillis) {
        return all(SimKind.DOMAIN).filter(domain -> domain.thereAt(nowMillis));
    }

    /** What active domains and clones take. */
    Capacity used(long nowMillis) {
        long cpu = domains(nowMillis).mapToLong(domain -> domain.start().cpu()).sum();
        long memoryMib = domains(nowMillis).mapToLong(SimDomain::memoryMib).sum();
        return new Capacity(
                cpu, memoryMib, all(SimKind.CLONE).mapToLong(SimClone::diskMib).sum());
    }

    void apply(SimChange change) {
        Map<String, Object> map = map(change.kind());
        if (change.value().isPresent()) {
            map.put(change.id(), change.value().get());
        } else {
            map.remove(change.id());
        }
    }

    /** Everything, as changes that would make it. */
    Stream<SimChange> changes() {
        return things.entrySet().stream().flatMap(kind -> kind.getValue().entrySet().stream()
                .map(thing -> new SimChange(kind.getKey(), name, thing.getKey(), Optional.of(thing.getValue()))));
    }

    /** Counts the calls since the world was opened: what the seed's draws go by. */
    long nextCall() {
        return calls.getAndIncrement();
    }

    void listen(Hypervisor connection, DomainListener listener) {
        listeners.put(connection, listener);
    }

    void unlisten(Hypervisor connection) {
        listeners.remove(connection);
    }

    void moving(UUID vm, boolean moves) {
        if (moves) {
            moving.add(vm);
        } else {
            moving.remove(vm);
        }
    }

    boolean isMoving(UUID vm) {
        return moving.contains(vm);
    }

    void tellListeners() {
        listeners.values().forEach(DomainListener::somethingChanged);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }
}
