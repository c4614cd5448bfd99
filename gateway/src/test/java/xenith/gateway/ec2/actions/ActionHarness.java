package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.model.Capacity;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Host;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Role;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.model.Subnet;
import xenith.engine.model.User;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.operation.Steps;
import xenith.engine.placement.Destinations;
import xenith.engine.placement.RankedPolicy;
import xenith.engine.service.Directory;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.service.HostRegistry;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.service.Observations;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Snapshot;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.EngineTables;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.Ec2Contract;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.Ec2Tables;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.ec2.tables.Instances;

/**
 * The actions on a real store, with the hosts' part played by hand: two accounts, one host in zone-a with room for 64
 * instances of m1.small, one network, a clock that moves when it is told to.
 */
final class ActionHarness {
    private static final ActionShapes SHAPES = new ActionShapes(new Ec2Contract());
    private static final List<Table<?, ?>> TABLES =
            Stream.of(EngineTables.all(), Ec2Tables.all()).flatMap(List::stream).toList();
    private static final MovingClock CLOCK = new MovingClock();

    /** Making a database takes longer than any test, so all share one, which each finds empty. */
    private static final Store STORE = SqlStore.open(
            "jdbc:derby:memory:actions;create=true",
            TABLES,
            List.of(EngineTables.MIGRATIONS, Ec2Tables.MIGRATIONS),
            CLOCK);

    final MovingClock clock = CLOCK;
    final Store store = STORE;
    final ActionTable table;
    final Caller ann;
    final Caller bob;
    /** What every console says. */
    byte[] console = "booted".getBytes(StandardCharsets.UTF_8);
    /** What the engine sees of hosts and guests. */
    final Set<HostId> answering = new HashSet<>();

    final Set<VmId> booting = new HashSet<>();

    private final class Seen implements Observations {
        @Override
        public boolean isBooting(VmId vm) {
            return booting.contains(vm);
        }

        @Override
        public boolean hasAnswered(HostId host) {
            return answering.contains(host);
        }
    }

    /** Why the next image is refused; null to take it. */
    String imageRefusal;

    ActionHarness() {
        clock.reset();
        TABLES.forEach(this::empty);
        EngineServices services = new EngineServices(
                new VirtualMachines(new Destinations(RankedPolicy.striping())),
                new ImageCatalog(),
                this::inspect,
                (vm, max) -> console,
                new Seen());
        table = new ActionTable(SHAPES, services, new Ec2Ids(Ec2Ids.Length.SHORT, new Random(7)), "xenith-1", clock);
        store.write(tx -> {
            tx.put(Cloud.TABLE, new Cloud(UUID.randomUUID()));
            new NetworkRegistry().create(tx, network());
            return null;
        });
        ann = caller("ann", Role.OPERATOR);
        bob = caller("bob", Role.MEMBER);
        addHost("one", "zone-a", new Capacity(3200, 16_384, 1_000_000));
    }

    Caller caller(String name, Role role) {
        return store.write(tx -> {
            Directory directory = new Directory(new Random(name.hashCode()));
            Account account = directory.createAccount(tx, name + "s", 2_000);
            User user = directory.createUser(tx, account.id(), name, role);
            return new Caller(account.id(), user.id(), role);
        });
    }

    HostId addHost(String name, String zone, Capacity capacity) {
        return store.write(tx -> {
            Host host = new HostRegistry(java.util.Set.of("fake"))
                    .add(
                            tx,
                            ann,
                            new HostRegistry.NewHost(name, "fake", "fake:" + name, java.util.Optional.empty(), zone));
            tx.put(Hosts.TABLE, host.withReport(capacity, new HostFacts("fake", "1", "x86_64", "fake", 8)));
            answering.add(host.id());
            return host.id();
        });
    }

    Ec2Response answer(Caller caller, Ec2Request request) {
        return answer(new Call(caller, false), request);
    }

    /** Answers as the front does, but for the wire. */
    Ec2Response answer(Call call, Ec2Request request) {
        String name = request.getClass().getSimpleName().replaceAll("Request$", "");
        ActionEntry entry = table.find(name).orElseThrow();
        entry.check(request);
        return entry.answer(call, request);
    }

    <O extends Ec2Response> O ask(Class<O> type, Ec2Request request) {
        return type.cast(answer(ann, request));
    }

    Ec2Error refusal(Caller caller, Ec2Request request) {
        Ec2Error refusal = catchThrowableOfType(Ec2Error.class, () -> answer(caller, request));
        if (refusal == null) {
            throw new AssertionError("not refused: " + request);
        }
        return refusal;
    }

    Ec2ErrorCode code(Ec2Request request) {
        return refusal(ann, request).code();
    }

    /** What the request is answered when it is only tried. */
    Ec2ErrorCode dryRun(Ec2Request request) {
        Ec2Error answer = catchThrowableOfType(Ec2Error.class, () -> answer(new Call(ann, true), request));
        if (answer == null) {
            throw new AssertionError("done and not tried: " + request);
        }
        return answer.code();
    }

    /** A machine image of Ann's that boots its own disk, by its id. */
    String image(String name) {
        return ask(
                        software.amazon.awssdk.services.ec2.model.RegisterImageResponse.class,
                        software.amazon.awssdk.services.ec2.model.RegisterImageRequest.builder()
                                .name(name)
                                .imageLocation(name + ".img")
                                .build())
                .imageId();
    }

    /** As an operator shares it. */
    void share(String id) {
        store.write(tx -> {
            Image image = tx.find(
                            Images.TABLE,
                            tx.find(ImageIds.TABLE, id).orElseThrow().image())
                    .orElseThrow();
            tx.put(Images.TABLE, image.shared(true));
            return null;
        });
    }

    /** Instances of Ann's, by their ids. */
    List<String> run(int count) {
        return run(runRequest(count).build());
    }

    List<String> run(RunInstancesRequest request) {
        return ask(RunInstancesResponse.class, request).instances().stream()
                .map(instance -> instance.instanceId())
                .toList();
    }

    RunInstancesRequest.Builder runRequest(int count) {
        return RunInstancesRequest.builder()
                .imageId(sharedImage())
                .minCount(count)
                .maxCount(count);
    }

    /** Ann's instances that a filter finds. */
    List<Instance> instances(String filter, String value) {
        Filter wanted = Filter.builder().name(filter).values(value).build();
        return ask(
                        DescribeInstancesResponse.class,
                        DescribeInstancesRequest.builder().filters(wanted).build())
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    /** The scheduler's and the driver's part: the instance runs. */
    void begin(String instance) {
        step(instance, VmEvent.PLACE, StateReason.NONE);
        step(instance, VmEvent.DONE, StateReason.NONE);
    }

    /** The driver's part: what was being done is done. */
    void finish(String instance) {
        VirtualMachine vm = vm(instance);
        step(instance, VmEvent.DONE, vm.reason());
    }

    void fail(String instance, String why) {
        step(instance, VmEvent.FAILED, new StateReason(Cause.FAULT, why));
    }

    void step(String instance, VmEvent event, StateReason reason) {
        VmId id = vm(instance).id();
        store.write(tx -> {
            VirtualMachine vm = tx.find(Vms.TABLE, id).orElseThrow();
            if (event == VmEvent.PLACE) {
                HostId host = tx.state().all(Hosts.TABLE).iterator().next().id();
                vm = vm.withHost(Optional.of(host));
            }
            return Steps.step(tx, vm, event, reason).orElseThrow();
        });
    }

    VirtualMachine vm(String instance) {
        VmId id = store.state().find(Instances.TABLE, instance).orElseThrow().vm();
        return store.state().find(Vms.TABLE, id).orElseThrow();
    }

    private String sharedImage;

    private String sharedImage() {
        if (sharedImage == null) {
            sharedImage = image("standard");
        }
        return sharedImage;
    }

    private Image inspect(Image image) {
        if (imageRefusal != null) {
            throw new EngineException(ErrorCode.IMAGE_REFUSED, imageRefusal);
        }
        return image.examined(DiskFormat.QCOW2, 1000, 64L * 1024 * 1024);
    }

    private static VirtualNetwork network() {
        return new VirtualNetwork(
                new NetworkId(1),
                "private",
                "br0",
                Subnet.parse("10.0.0.0/16"),
                Ipv4.parse("10.0.0.2"),
                Ipv4.parse("10.0.200.254"),
                Ipv4.parse("10.0.0.1"));
    }

    private <K, V> void empty(Table<K, V> table) {
        store.write(tx -> {
            List.copyOf(tx.state().all(table)).forEach(row -> tx.remove(table, table.keyOf(row)));
            return null;
        });
    }

    /** One request, as the front would hand it on. */
    final class Call implements Ec2Call {
        private final Caller caller;
        private final boolean dryRun;

        Call(Caller caller, boolean dryRun) {
            this.caller = caller;
            this.dryRun = dryRun;
        }

        @Override
        public Caller caller() {
            return caller;
        }

        @Override
        public String requestId() {
            return "request-1";
        }

        @Override
        public URI endpoint() {
            return URI.create("http://127.0.0.1:8773/");
        }

        @Override
        public boolean dryRun() {
            return dryRun;
        }

        @Override
        public Snapshot state() {
            return store.state();
        }

        @Override
        public <T> T write(Function<Transaction, T> work) {
            return store.write(tx -> {
                T result = work.apply(tx);
                if (dryRun) {
                    throw new Ec2Error(Ec2ErrorCode.DRY_RUN_OPERATION, "would have succeeded");
                }
                return result;
            });
        }
    }

    /** Stands until it is moved. */
    static final class MovingClock extends Clock {
        private static final Instant BEGIN = Instant.parse("2026-01-31T20:32:24.875Z");

        private volatile Instant now = BEGIN;

        void reset() {
            now = BEGIN;
        }

        void move(Duration by) {
            now = now.plus(by);
        }

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
            throw new UnsupportedOperationException("the clock has one zone");
        }
    }
}
