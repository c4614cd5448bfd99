package xenith.gateway.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Event;
import xenith.engine.store.Store;

/** What happened, in order. Members see what concerns their account; operators see everything. */
@Path("events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
    /** Names the header that says where the next page begins; it is there as long as there may be more. */
    static final String NEXT_AFTER = "x-next-after";

    /** How many events one request looks through for those of a member. */
    private static final int MAX_PAGES_READ = 10;

    private final Store store;

    /** An event in JSON; its name is its kind. */
    record View(long id, String name, Instant at, String subject, Optional<String> accountId, String detail) {
        static View of(Event event) {
            return new View(
                    event.number(),
                    Words.of(event.kind()),
                    event.at(),
                    event.subject(),
                    event.account().map(AccountId::value),
                    event.detail());
        }
    }

    EventsResource(Store store) {
        this.store = store;
    }

    @GET
    public Response list(@Context Caller caller, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        long read = Limits.after(after);
        int most = Limits.limit(limit);
        List<View> found = new ArrayList<>();
        boolean more = true;
        for (int pages = 0; more && found.isEmpty() && pages < MAX_PAGES_READ; pages++) {
            List<Event> page = store.eventsAfter(read, most);
            page.stream().filter(event -> visible(caller, event)).map(View::of).forEach(found::add);
            more = page.size() == most;
            read = page.isEmpty() ? read : page.get(page.size() - 1).number();
        }
        Response.ResponseBuilder answer = Response.ok(found);
        return (more ? answer.header(NEXT_AFTER, read) : answer).build();
    }

    private static boolean visible(Caller caller, Event event) {
        return caller.isOperator() || event.account().map(caller::mayUse).orElse(false);
    }
}
