package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
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
import xenith.engine.model.Caller;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Networks;

/** Virtual networks; operators only. */
@Path("networks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class NetworksResource {
    /** What a record wants of a network that has no number yet. */
    private static final NetworkId ANY = new NetworkId(1);

    private final Store store;
    private final NetworkRegistry registry;
    private final References references;

    /** A network in JSON; {@code leased} of its addresses from {@code first} to {@code last} are held. */
    record View(
            long id,
            String name,
            String bridge,
            String subnet,
            String first,
            String last,
            String gateway,
            long leased) {
        static View of(Snapshot state, VirtualNetwork network) {
            long leased = state.all(Leases.TABLE).stream()
                    .filter(lease -> lease.network().equals(network.id()))
                    .count();
            return new View(
                    network.id().value(),
                    network.name(),
                    network.bridge(),
                    network.subnet().toString(),
                    network.first().toString(),
                    network.last().toString(),
                    network.gateway().toString(),
                    leased);
        }
    }

    NetworksResource(Store store, NetworkRegistry registry, References references) {
        this.store = store;
        this.registry = registry;
        this.references = references;
    }

    @GET
    public List<View> list(@Context Caller caller) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return state.all(Networks.TABLE).stream()
                .sorted(Comparator.comparing(VirtualNetwork::id))
                .map(network -> View.of(state, network))
                .toList();
    }

    @GET
    @Path("{network}")
    public View show(@Context Caller caller, @PathParam("network") String reference) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return View.of(state, references.network(state, reference));
    }

    @POST
    public Response add(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only("name", "bridge", "subnet", "first", "last", "gateway");
        String name = Access.name(body);
        VirtualNetwork network = Access.checked(() -> new VirtualNetwork(
                ANY,
                name,
                bridge(body.text("bridge")),
                Subnet.parse(body.text("subnet")),
                Ipv4.parse(body.text("first")),
                Ipv4.parse(body.text("last")),
                Ipv4.parse(body.text("gateway"))));
        View added = store.write(tx -> View.of(tx.state(), registry.add(tx, caller, network)));
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    /** Bridge names become arguments of programs on hosts. */
    private static String bridge(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "bridge " + JsonFields.quote(name) + " is not letters, digits, '.', '_' and '-'");
        }
        return name;
    }
}
