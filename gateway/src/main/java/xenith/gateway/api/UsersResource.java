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
import xenith.engine.model.Caller;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.service.Directory;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Users;

/** Users; operators only, but for a user's look at themselves. A user that is removed takes their credentials along. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private final Store store;
    private final Directory directory;
    private final References references;
    private final CredentialRecords credentials;

    UsersResource(Store store, Directory directory, References references, CredentialRecords credentials) {
        this.store = store;
        this.directory = directory;
        this.references = references;
        this.credentials = credentials;
    }

    @GET
    public List<UserView> list(@Context Caller caller) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return state.all(Users.TABLE).stream()
                .sorted(Comparator.comparing(User::name))
                .map(user -> UserView.of(state, user))
                .toList();
    }

    @GET
    @Path("{user}")
    public UserView show(@Context Caller caller, @PathParam("user") String reference) {
        Snapshot state = store.state();
        return UserView.of(state, references.user(state, caller, reference));
    }

    @POST
    public Response add(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only("name", "account", "role");
        String name = Access.name(body);
        String account = body.text("account");
        Role role = body.oneOf("role", Role.MEMBER);
        UserView added = store.write(tx -> UserView.of(
                tx.state(),
                directory.addUser(
                        tx, caller, references.account(tx.state(), account).id(), name, role)));
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    @DELETE
    @Path("{user}")
    public void remove(@Context Caller caller, @PathParam("user") String reference) {
        Access.requireOperator(caller);
        store.write(tx -> {
            User user = references.user(tx.state(), caller, reference);
            directory.removeUser(tx, caller, user.id());
            credentials.accessKeys(tx.state(), user.id()).forEach(key -> credentials.remove(tx, key));
            credentials.certificates(tx.state(), user.id()).forEach(held -> credentials.remove(tx, held));
            return null;
        });
    }
}
