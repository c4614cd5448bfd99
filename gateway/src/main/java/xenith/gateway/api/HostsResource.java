package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xenith.engine.Engine;
import xenith.engine.model.Caller;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.service.HostRegistry;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;

/** Hosts; operators only. */
@Path("hosts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class HostsResource {
    private final Store store;
    private final Engine engine;
    private final HostRegistry registry;
    private final References references;
    private final String driver;
    private final String zone;

    /**
     * Wires the resource.
     *
     * @param driver of hosts that are added without one
     * @param zone likewise
     */
    HostsResource(
            Store store, Engine engine, HostRegistry registry, References references, String driver, String zone) {
        this.store = store;
        this.engine = engine;
        this.registry = registry;
        this.references = references;
        this.driver = driver;
        this.zone = zone;
    }

    @GET
    public List<HostView> list(@Context Caller caller) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return state.all(Hosts.TABLE).stream()
                .sorted(Comparator.comparing(Host::id))
                .map(host -> view(state, host))
                .toList();
    }

    @GET
    @Path("{host}")
    public HostView show(@Context Caller caller, @PathParam("host") String reference) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return view(state, references.host(state, reference));
    }

    @POST
    public Response add(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only("name", "uri", "driver", "zone", "migrationAddress");
        String name = Access.name(body);
        String uri = body.text("uri");
        String by = body.optionalText("driver").orElse(driver);
        String where = body.optionalText("zone").orElse(zone);
        Optional<String> migrationAddress = body.optionalText("migrationAddress");
        HostRegistry.NewHost asked = new HostRegistry.NewHost(name, by, uri, migrationAddress, where);
        Host added = Access.checked(() -> store.write(tx -> registry.add(tx, caller, asked)));
        return Response.status(Response.Status.CREATED)
                .entity(view(store.state(), added))
                .build();
    }

    @DELETE
    @Path("{host}")
    public void remove(@Context Caller caller, @PathParam("host") String reference) {
        Access.requireOperator(caller);
        store.write(tx -> registry.remove(
                tx, caller, references.host(tx.state(), reference).id()));
    }

    @POST
    @Path("{host}/enable")
    public HostView enable(@Context Caller caller, @PathParam("host") String reference) {
        return set(caller, reference, HostState.ON);
    }

    @POST
    @Path("{host}/disable")
    public HostView disable(@Context Caller caller, @PathParam("host") String reference) {
        return set(caller, reference, HostState.DISABLED);
    }

    @POST
    @Path("{host}/drain")
    public HostView drain(@Context Caller caller, @PathParam("host") String reference) {
        return set(caller, reference, HostState.DRAINING);
    }

    /** Takes the operator's word, {@code confirmed}, that the host is off; its machines are started on others. */
    @POST
    @Path("{host}/fence")
    public HostView fence(@Context Caller caller, @PathParam("host") String reference, JsonFields body) {
        Access.requireOperator(caller);
        body.only("confirmed");
        if (!body.flag("confirmed")) {
            throw new ApiException(
                    Problem.INVALID_VALUE,
                    "member 'confirmed' must be true: its machines are started elsewhere, so the host must be off");
        }
        Host host = store.write(tx -> registry.fenced(
                tx, caller, references.host(tx.state(), reference).id()));
        return view(store.state(), host);
    }

    private HostView set(Caller caller, String reference, HostState wanted) {
        Access.requireOperator(caller);
        Host host = store.write(tx ->
                registry.set(tx, caller, references.host(tx.state(), reference).id(), wanted));
        return view(store.state(), host);
    }

    private HostView view(Snapshot state, Host host) {
        return HostView.of(state, host, engine.usage(host.id()));
    }
}
