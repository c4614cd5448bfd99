package xenith.gateway.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this interface. It needs no signature. */
@Path(OpenApiResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {
    static final String PATH = "openapi.json";

    private final byte[] document;

    OpenApiResource() {
        try (InputStream stream = OpenApiResource.class.getResourceAsStream(PATH)) {
            this.document = stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @GET
    public byte[] document() {
        return document.clone();
    }
}
