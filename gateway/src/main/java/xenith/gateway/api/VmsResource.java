package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import xenith.engine.Engine;
import xenith.engine.model.Caller;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmState;
import xenith.engine.port.DomainUsage;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;

/** Virtual machines that the caller may see. They are launched through the fronts that have a language for it. */
@Path("vms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class VmsResource {
    private static final int MAX_CONSOLE_BYTES = 64 * 1024;

    /** More than any hypervisor gives a guest. */
    private static final int MAX_VCPUS = 4_096;

    private static final int MAX_MEMORY_MIB = 64 * 1024 * 1024;

    private final Store store;
    private final Engine engine;
    private final VirtualMachines machines;
    private final References references;

    /** The end of what a guest wrote; bytes that are no UTF-8 are replaced. */
    record ConsoleView(long id, String name, String output) {}

    /** A machine with what it uses. */
    record UsageOfVm(long id, String name, String instanceId, Optional<String> host, UsageView usage) {}

    VmsResource(Store store, Engine engine, VirtualMachines machines, References references) {
        this.store = store;
        this.engine = engine;
        this.machines = machines;
        this.references = references;
    }

    /**
     * Lists machines by number, in pages.
     *
     * @param after number of the last one of the page before
     * @param ended "true" to list those too that have ended
     */
    @GET
    public Response list(
            @Context Caller caller,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @QueryParam("ended") String ended) {
        long first = Limits.after(after);
        int most = Limits.limit(limit);
        boolean all = "true".equals(ended);
        Snapshot state = store.state();
        List<VmView> page = References.visible(state, caller)
                .filter(vm -> vm.id().value() > first && (all || !vm.ended()))
                .sorted(Comparator.comparing(VirtualMachine::id))
                .limit(most + 1L)
                .map(vm -> view(state, vm))
                .toList();
        return page.size() <= most
                ? Response.ok(page).build()
                : Response.ok(page.subList(0, most))
                        .header(EventsResource.NEXT_AFTER, page.get(most - 1).id())
                        .build();
    }

    /** What machines that run use now; those whose hosts do not answer are left out. */
    @GET
    @Path("usage")
    public List<UsageOfVm> usage(@Context Caller caller) {
        Snapshot state = store.state();
        List<VirtualMachine> running = References.visible(state, caller)
                .filter(VmsResource::isActive)
                .sorted(Comparator.comparing(VirtualMachine::id))
                .toList();
        Map<UUID, DomainUsage> usages =
                engine.usages(running.stream().flatMap(vm -> vm.host().stream()).collect(Collectors.toSet()));
        return running.stream()
                .filter(vm -> usages.containsKey(vm.uuid()))
                .map(vm -> new UsageOfVm(
                        vm.id().value(),
                        vm.name(),
                        vm.spec().context().instanceId(),
                        vm.host().flatMap(id -> state.find(Hosts.TABLE, id)).map(Host::name),
                        UsageView.of(usages.get(vm.uuid()))))
                .toList();
    }

    @GET
    @Path("{vm}")
    public VmView show(@Context Caller caller, @PathParam("vm") String reference) {
        Snapshot state = store.state();
        VirtualMachine vm = references.vm(state, caller, reference);
        Optional<DomainUsage> usage = isActive(vm)
                ? Optional.ofNullable(engine.usages(vm.host().stream().collect(Collectors.toSet()))
                        .get(vm.uuid()))
                : Optional.empty();
        return VmView.of(state, vm, engine.explain(vm.id()), usage);
    }

    private static boolean isActive(VirtualMachine vm) {
        return vm.state() == VmState.RUNNING || vm.state() == VmState.PAUSED;
    }

    @GET
    @Path("{vm}/console")
    public ConsoleView console(@Context Caller caller, @PathParam("vm") String reference) {
        VirtualMachine vm = references.vm(store.state(), caller, reference);
        byte[] output = engine.consoles().read(vm, MAX_CONSOLE_BYTES);
        return new ConsoleView(vm.id().value(), vm.name(), new String(output, StandardCharsets.UTF_8));
    }

    /** Moves a machine to another host; {@code host} is where to, {@code live} whether its guest goes on meanwhile. */
    @POST
    @Path("{vm}/migrate")
    public VmView migrate(@Context Caller caller, @PathParam("vm") String reference, JsonFields body) {
        Access.requireOperator(caller);
        body.only("host", "live");
        boolean live = body.flag("live");
        return store.write(tx -> {
            VirtualMachine vm = references.vm(tx.state(), caller, reference);
            Optional<HostId> target = body.optionalText("host")
                    .map(host -> references.host(tx.state(), host).id());
            return view(tx.state(), machines.migrate(tx, caller, vm.id(), target, live));
        });
    }

    /** Gives a machine another size: {@code vcpus}, {@code memoryMib} or both. Its share of the host goes with the first. */
    @POST
    @Path("{vm}/resize")
    public VmView resize(@Context Caller caller, @PathParam("vm") String reference, JsonFields body) {
        Access.requireOperator(caller);
        body.only("vcpus", "memoryMib");
        int vcpus = body.number("vcpus", 0, 1, MAX_VCPUS);
        int memoryMib = body.number("memoryMib", 0, 1, MAX_MEMORY_MIB);
        if (vcpus == 0 && memoryMib == 0) {
            throw new ApiException(Problem.MISSING_MEMBER, "member 'vcpus' or 'memoryMib' is missing");
        }
        return store.write(tx -> {
            VirtualMachine vm = references.vm(tx.state(), caller, reference);
            VmSize now = vm.spec().size();
            int newVcpus = vcpus == 0 ? now.vcpus() : vcpus;
            VmSize size = new VmSize(
                    now.typeName(),
                    newVcpus,
                    now.cpu() * newVcpus / now.vcpus(),
                    memoryMib == 0 ? now.memoryMib() : memoryMib);
            return view(tx.state(), machines.resize(tx, caller, vm.id(), size));
        });
    }

    /** Asks something of a machine; {@code host} says where it is to start. */
    @POST
    @Path("{vm}/{action}")
    public VmView act(
            @Context Caller caller,
            @PathParam("vm") String reference,
            @PathParam("action") String action,
            JsonFields body) {
        VmAction wanted = VmAction.named(action);
        if (wanted == VmAction.START) {
            body.only("host");
        } else {
            body.only();
        }
        Optional<String> wantedHost = body.optionalText("host");
        if (wantedHost.isPresent()) {
            Access.requireOperator(caller);
        }
        return store.write(tx -> {
            VirtualMachine vm = references.vm(tx.state(), caller, reference);
            Optional<Host> host = wantedHost.map(named -> references.host(tx.state(), named));
            VirtualMachine after = host.isPresent()
                    ? machines.startOn(tx, caller, vm.id(), host.get().id())
                    : machines.request(tx, caller, vm.id(), wanted.eventFor(vm.state()));
            return view(tx.state(), after);
        });
    }

    private VmView view(Snapshot state, VirtualMachine vm) {
        return VmView.of(state, vm, engine.explain(vm.id()), Optional.empty());
    }
}
