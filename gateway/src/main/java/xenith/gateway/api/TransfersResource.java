package xenith.gateway.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import xenith.engine.model.Caller;
import xenith.gateway.api.ApiSettings.Transfer;

/** Images that are on their way to hosts; operators only. */
@Path("transfers")
@Produces(MediaType.APPLICATION_JSON)
public final class TransfersResource {
    private final Supplier<List<Transfer>> underWay;

    TransfersResource(Supplier<List<Transfer>> underWay) {
        this.underWay = underWay;
    }

    @GET
    public List<Transfer> list(@Context Caller caller) {
        Access.requireOperator(caller);
        return underWay.get().stream()
                .sorted(Comparator.comparing(Transfer::host).thenComparing(Transfer::image))
                .toList();
    }
}
