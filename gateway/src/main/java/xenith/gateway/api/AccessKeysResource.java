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
import xenith.engine.model.User;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.security.AccessKey;
import xenith.security.AccessKeys;
import xenith.security.NewAccessKey;

/** A user's access keys, for themselves and for operators. */
@Path("users/{user}/access-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AccessKeysResource {
    /** Enough for every program of a user to have its own. */
    static final int MAX_KEYS = 20;

    private final Store store;
    private final References references;
    private final CredentialRecords credentials;
    private final AccessKeys keys;

    /** An access key in JSON; its name is its id. */
    record View(String id, String name, String user, boolean enabled) {
        static View of(AccessKey key, User user) {
            return new View(key.id(), key.id(), user.name(), key.enabled());
        }
    }

    /** A fresh key, with the secret that is shown this once. */
    record NewView(String id, String name, String user, boolean enabled, String secretAccessKey) {
        @Override
        public String toString() {
            return "NewView[" + id + "]";
        }
    }

    AccessKeysResource(Store store, References references, CredentialRecords credentials, AccessKeys keys) {
        this.store = store;
        this.references = references;
        this.credentials = credentials;
        this.keys = keys;
    }

    @GET
    public List<View> list(@Context Caller caller, @PathParam("user") String reference) {
        Snapshot state = store.state();
        User user = references.user(state, caller, reference);
        return credentials.accessKeys(state, user.id()).stream()
                .sorted(Comparator.comparing(AccessKey::id))
                .map(key -> View.of(key, user))
                .toList();
    }

    @POST
    public Response add(@Context Caller caller, @PathParam("user") String reference, JsonFields body) {
        body.only();
        User user = references.user(store.state(), caller, reference);
        NewAccessKey made = keys.create(user.account().value(), user.id().toString());
        store.write(tx -> {
            references.user(tx.state(), caller, reference);
            if (credentials.accessKeys(tx.state(), user.id()).size() >= MAX_KEYS) {
                throw new EngineException(
                        ErrorCode.LIMIT_EXCEEDED, "user " + user.name() + " has " + MAX_KEYS + " access keys already");
            }
            credentials.add(tx, made.stored());
            return null;
        });
        AccessKey key = made.stored();
        NewView view = new NewView(key.id(), key.id(), user.name(), key.enabled(), made.secret());
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    @DELETE
    @Path("{key}")
    public void remove(@Context Caller caller, @PathParam("user") String reference, @PathParam("key") String id) {
        store.write(tx -> {
            User user = references.user(tx.state(), caller, reference);
            AccessKey key = credentials.accessKeys(tx.state(), user.id()).stream()
                    .filter(held -> held.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new ApiException(
                            Problem.ACCESS_KEY_NOT_FOUND,
                            "user " + user.name() + " has no access key " + JsonFields.quote(id)));
            credentials.remove(tx, key);
            return null;
        });
    }
}
