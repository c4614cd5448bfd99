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
import xenith.engine.Engine;
import xenith.engine.model.Caller;
import xenith.engine.model.VirtualMachine;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;

/** Virtual machines that the caller may see. They are launched through the fronts that have a language for it. */
@Path("vms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class VmsResource {
    private static final int MAX_CONSOLE_BYTES = 64 * 1024;

    private final Store store;
    private final Engine engine;
    private final VirtualMachines machines;
    private final References references;

    /** The end of what a guest wrote; bytes that are no UTF-8 are replaced. */
    record ConsoleView(long id, String name, String output) {}

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

    @GET
    @Path("{vm}")
    public VmView show(@Context Caller caller, @PathParam("vm") String reference) {
        Snapshot state = store.state();
        return view(state, references.vm(state, caller, reference));
    }

    @GET
    @Path("{vm}/console")
    public ConsoleView console(@Context Caller caller, @PathParam("vm") String reference) {
        VirtualMachine vm = references.vm(store.state(), caller, reference);
        byte[] output = engine.consoles().read(vm, MAX_CONSOLE_BYTES);
        return new ConsoleView(vm.id().value(), vm.name(), new String(output, StandardCharsets.UTF_8));
    }

    @POST
    @Path("{vm}/{action}")
    public VmView act(@Context Caller caller, @PathParam("vm") String reference, @PathParam("action") String action) {
        VmAction wanted = VmAction.named(action);
        return store.write(tx -> {
            VirtualMachine vm = references.vm(tx.state(), caller, reference);
            VirtualMachine after = machines.request(tx, caller, vm.id(), wanted.event());
            return view(tx.state(), after);
        });
    }

    private VmView view(Snapshot state, VirtualMachine vm) {
        return VmView.of(state, vm, engine.explain(vm.id()));
    }
}
