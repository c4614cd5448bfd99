package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import xenith.engine.model.Caller;
import xenith.engine.model.VirtualMachine;

/** Stops the cloud; operators only. */
@Path("shutdown")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ShutdownResource {
    /** Longer than a guest is given to shut down before it is switched off. */
    private static final int STANDARD_DEADLINE_SECONDS = 90;

    private static final int MOST_DEADLINE_SECONDS = 600;

    private final GuestShutdown guests;

    /** What came of it: the names of the machines that were not off in time. */
    record View(List<String> stillRunning) {}

    ShutdownResource(GuestShutdown guests) {
        this.guests = guests;
    }

    /** Shuts private guests down and answers; the gateway stops itself once the answer is written. */
    @POST
    public View shutDown(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only("deadlineSeconds");
        int seconds = body.number("deadlineSeconds", STANDARD_DEADLINE_SECONDS, 0, MOST_DEADLINE_SECONDS);
        List<VirtualMachine> left = guests.shutDown(caller, Duration.ofSeconds(seconds));
        Exchange.current().stopAfterwards();
        return new View(left.stream().map(VirtualMachine::name).sorted().toList());
    }
}
