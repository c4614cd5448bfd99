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
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.service.Directory;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Accounts;

/** Accounts; operators only. */
@Path("accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AccountsResource {
    private static final int STANDARD_MAX_VMS = 100;
    private static final int MOST_VMS = 1_000_000;

    private final Store store;
    private final Directory directory;
    private final References references;

    AccountsResource(Store store, Directory directory, References references) {
        this.store = store;
        this.directory = directory;
        this.references = references;
    }

    @GET
    public List<AccountView> list(@Context Caller caller) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return state.all(Accounts.TABLE).stream()
                .sorted(Comparator.comparing(Account::name))
                .map(account -> AccountView.of(state, account))
                .toList();
    }

    @GET
    @Path("{account}")
    public AccountView show(@Context Caller caller, @PathParam("account") String reference) {
        Access.requireOperator(caller);
        Snapshot state = store.state();
        return AccountView.of(state, references.account(state, reference));
    }

    @POST
    public Response add(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only("name", "maxVms");
        String name = Access.name(body);
        int maxVms = body.number("maxVms", STANDARD_MAX_VMS, 0, MOST_VMS);
        AccountView added =
                store.write(tx -> AccountView.of(tx.state(), directory.addAccount(tx, caller, name, maxVms)));
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    @DELETE
    @Path("{account}")
    public void remove(@Context Caller caller, @PathParam("account") String reference) {
        Access.requireOperator(caller);
        store.write(tx -> directory.removeAccount(
                tx, caller, references.account(tx.state(), reference).id()));
    }
}
