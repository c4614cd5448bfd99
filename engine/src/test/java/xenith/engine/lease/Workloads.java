package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import xenith.engine.lease.trace.Workload;

/** Sites and leases for tests: by hand, or at random from a seed. */
public final class Workloads {
    public static final long SECOND = 1_000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;

    private static final List<DiskImage> IMAGES =
            List.of(new DiskImage("small", 256), new DiskImage("middle", 1_024), new DiskImage("large", 12_000));
    private static final List<LeaseKind> KINDS = List.of(LeaseKind.values());

    private final Site site;
    private final List<LeaseRequest> requests = new ArrayList<>();

    private Workloads(Site site) {
        this.site = site;
    }

    /** Nodes of one core and 1024 MiB. */
    public static Workloads onNodes(int nodes) {
        return new Workloads(Site.parse(nodes + " CPU:100 Memory:1024"));
    }

    public static Workloads on(String site) {
        return new Workloads(Site.parse(site));
    }

    /** A lease of whole nodes of {@link #onNodes}. */
    public Workloads bestEffort(long arrival, int machines, long duration) {
        return add(
                LeaseKind.BEST_EFFORT, arrival, machines, OptionalLong.empty(), duration, OptionalLong.empty(), true);
    }

    public Workloads unmovable(long arrival, int machines, long duration) {
        return add(
                LeaseKind.BEST_EFFORT, arrival, machines, OptionalLong.empty(), duration, OptionalLong.empty(), false);
    }

    public Workloads reservation(long arrival, int machines, long start, long duration) {
        return add(
                LeaseKind.ADVANCE_RESERVATION,
                arrival,
                machines,
                OptionalLong.of(start),
                duration,
                OptionalLong.empty(),
                false);
    }

    public Workloads immediate(long arrival, int machines, long duration) {
        return add(LeaseKind.IMMEDIATE, arrival, machines, OptionalLong.empty(), duration, OptionalLong.empty(), false);
    }

    public Workloads deadline(long arrival, int machines, long start, long duration, long deadline) {
        return add(
                LeaseKind.DEADLINE,
                arrival,
                machines,
                OptionalLong.of(start),
                duration,
                OptionalLong.of(deadline),
                false);
    }

    private Workloads add(
            LeaseKind kind,
            long arrival,
            int machines,
            OptionalLong start,
            long duration,
            OptionalLong deadline,
            boolean preemptible) {
        Amounts machine = site.types().amounts(Map.of(ResourceTypes.CPU, 100L, ResourceTypes.MEMORY, 1_024L));
        requests.add(new LeaseRequest(
                requests.size() + 1,
                kind,
                arrival,
                Collections.nCopies(machines, machine),
                start,
                duration,
                OptionalLong.empty(),
                deadline,
                preemptible,
                Optional.empty()));
        return this;
    }

    public Workload workload() {
        return new Workload("test", site, requests);
    }

    /** Leases of all kinds, sizes and images, many of them at once. */
    public static Workload random(long seed) {
        Random random = new Random(seed);
        int nodes = 1 + random.nextInt(8);
        long cpu = 100L * (1 + random.nextInt(3));
        long memory = 1_024L * (1 + random.nextInt(3));
        Workloads made = on(nodes + " CPU:" + cpu + " Memory:" + memory);
        long arrival = 0;
        for (int id = 1; id <= 1 + random.nextInt(25); id++) {
            arrival += random.nextInt(3) == 0 ? 0 : random.nextInt(900) * SECOND;
            made.requests.add(made.randomLease(random, id, arrival, nodes, cpu, memory));
        }
        return made.workload();
    }

    private LeaseRequest randomLease(Random random, int id, long arrival, int nodes, long cpu, long memory) {
        LeaseKind kind = KINDS.get(random.nextInt(KINDS.size()));
        long duration = (60 + random.nextInt(5_400)) * SECOND;
        long start = arrival + random.nextInt(7_200) * SECOND;
        boolean exact = kind == LeaseKind.ADVANCE_RESERVATION || kind == LeaseKind.DEADLINE;
        List<Amounts> machines = new ArrayList<>();
        for (int machine = 0; machine <= random.nextInt(nodes + 2); machine++) {
            machines.add(site.types()
                    .amounts(Map.of(
                            ResourceTypes.CPU,
                            random.nextBoolean() ? cpu : cpu / 2,
                            ResourceTypes.MEMORY,
                            random.nextBoolean() ? memory : memory / 4)));
        }
        Optional<DiskImage> image =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(IMAGES.get(random.nextInt(IMAGES.size())));
        return new LeaseRequest(
                id,
                kind,
                arrival,
                machines,
                exact ? OptionalLong.of(start) : OptionalLong.empty(),
                duration,
                random.nextInt(3) == 0
                        ? OptionalLong.of((long) (duration * random.nextDouble()))
                        : OptionalLong.empty(),
                kind == LeaseKind.DEADLINE
                        ? OptionalLong.of(start + duration + random.nextInt(7_200) * SECOND)
                        : OptionalLong.empty(),
                random.nextInt(4) != 0,
                image);
    }
}
