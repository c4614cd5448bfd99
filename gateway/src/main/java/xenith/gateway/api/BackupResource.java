package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;
import xenith.engine.model.Caller;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;

/** Copies the database of a home into a folder of that home; operators only. */
@Path("backup")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackupResource {
    private final Supplier<java.nio.file.Path> backup;

    /** Where the copy is. */
    record View(String directory) {}

    /** @param backup makes a copy, and says where it is */
    BackupResource(Supplier<java.nio.file.Path> backup) {
        this.backup = backup;
    }

    @POST
    public View backUp(@Context Caller caller, JsonFields body) {
        Access.requireOperator(caller);
        body.only();
        try {
            return new View(backup.get().toString());
        } catch (UnsupportedOperationException elsewhere) {
            throw new EngineException(ErrorCode.WRONG_STATE, elsewhere.getMessage());
        }
    }
}
