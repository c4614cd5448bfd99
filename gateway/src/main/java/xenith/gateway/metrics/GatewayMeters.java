package xenith.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/**
 * What the gateway measures of itself, and what it knows of its cloud, as Micrometer's meters. Names and labels are in
 * docs/reference/metrics.md. Thread-safe.
 */
public final class GatewayMeters implements AutoCloseable {
    private static final double BYTES_PER_MIB = 1024.0 * 1024.0;
    private static final double HUNDREDTHS = 100.0;
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Store store;
    private final Function<String, String> fronts;
    private final MultiGauge vms;
    private final MultiGauge hosts;
    private final MultiGauge operations;
    private final MultiGauge capacity;

    /**
     * @param fronts of a request's path the front that answers it, one of a few names
     */
    public GatewayMeters(Store store, Function<String, String> fronts) {
        this.store = store;
        this.fronts = fronts;
        this.vms = gauges("xenith.vms", "Machines by state; those that ended are kept for a while.");
        this.hosts = gauges("xenith.hosts", "Hosts. One that does not answer is in state error.");
        this.operations = gauges("xenith.operations", "What is to be done on hosts, and is not done yet.");
        this.capacity = gauges("xenith.capacity", "What the hosts have, and what of it is promised.");
        Gauge.builder("xenith.database.up", () -> store.ailment().isEmpty() ? 1 : 0)
                .description("Whether the database takes changes.")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** From now on tells how many requests wait for a worker. */
    public void observeWaiting(Supplier<Number> waiting) {
        Gauge.builder("xenith.requests.waiting", waiting)
                .description("Requests that wait for a worker.")
                .register(registry);
    }

    /** An HTTP request was answered, however it was. */
    public void request(String path, int status, long nanos) {
        timer("xenith.http.requests", "HTTP requests.", Tags.of("front", fronts.apply(path), "status", "" + status))
                .record(Duration.ofNanos(nanos));
    }

    /** An action was answered: its name, and how, in words of a bounded number. */
    public void action(String protocol, String action, String code, long nanos) {
        timer("xenith.ec2.actions", "EC2's actions.", Tags.of("protocol", protocol, "action", action, "code", code))
                .record(Duration.ofNanos(nanos));
    }

    /** Everything in Prometheus' text format 0.0.4. */
    String scrape() {
        Snapshot state = store.state();
        Collection<Host> all = state.all(Hosts.TABLE);
        vms.register(counts(VmState.class, state.all(Vms.TABLE).stream().map(VirtualMachine::state)), true);
        hosts.register(counts(HostState.class, all.stream().map(Host::state)), true);
        operations.register(
                counts(
                        OperationStatus.class,
                        state.all(Operations.TABLE).stream().map(Operation::status)),
                true);
        capacity.register(capacities(state, all), true);
        return registry.scrape();
    }

    private static List<MultiGauge.Row<?>> capacities(Snapshot state, Collection<Host> all) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        Capacity total = Capacity.NONE;
        Capacity room = Capacity.NONE;
        for (Host host : all) {
            total = total.plus(host.capacity());
            room = room.plus(Vms.room(state, host));
        }
        addCapacity(rows, "total", total);
        addCapacity(rows, "promised", total.minus(room));
        return rows;
    }

    private static void addCapacity(List<MultiGauge.Row<?>> rows, String of, Capacity amount) {
        rows.add(row("cores", of, amount.cpu() / HUNDREDTHS));
        rows.add(row("memory_bytes", of, amount.memoryMib() * BYTES_PER_MIB));
        rows.add(row("disk_bytes", of, amount.diskMib() * BYTES_PER_MIB));
    }

    private static MultiGauge.Row<?> row(String resource, String of, double amount) {
        return MultiGauge.Row.of(Tags.of("resource", resource, "of", of), amount);
    }

    /** How many are in each state; those that nothing is in are 0. */
    private static <E extends Enum<E>> List<MultiGauge.Row<?>> counts(Class<E> type, Stream<E> states) {
        Map<E, Long> counts = states.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (E state : type.getEnumConstants()) {
            Tags word = Tags.of("state", state.name().toLowerCase(Locale.ROOT));
            rows.add(MultiGauge.Row.of(word, counts.getOrDefault(state, 0L)));
        }
        return rows;
    }

    private MultiGauge gauges(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
