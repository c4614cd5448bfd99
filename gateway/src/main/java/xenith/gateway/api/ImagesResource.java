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
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xenith.engine.Engine;
import xenith.engine.model.Caller;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Virtualization;
import xenith.engine.service.ImageCatalog;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;

/** Images that the caller may use. */
@Path("images")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ImagesResource {
    /** What a record wants of an image that has no number yet. */
    private static final ImageId ANY = new ImageId(1);

    private final Store store;
    private final Engine engine;
    private final ImageCatalog catalog;
    private final References references;
    private final ExternalIds externalIds;
    private final Clock clock;

    ImagesResource(
            Store store,
            Engine engine,
            ImageCatalog catalog,
            References references,
            ExternalIds externalIds,
            Clock clock) {
        this.store = store;
        this.engine = engine;
        this.catalog = catalog;
        this.references = references;
        this.externalIds = externalIds;
        this.clock = clock;
    }

    @GET
    public List<ImageView> list(@Context Caller caller) {
        Snapshot state = store.state();
        return state.all(Images.TABLE).stream()
                .filter(image -> ImageShares.usable(state, image, caller))
                .sorted(Comparator.comparing(Image::id))
                .map(image -> view(state, image))
                .toList();
    }

    @GET
    @Path("{image}")
    public ImageView show(@Context Caller caller, @PathParam("image") String reference) {
        Snapshot state = store.state();
        return view(state, references.image(state, caller, reference));
    }

    /** Has the file examined, then registers the image. */
    @POST
    public Response register(@Context Caller caller, JsonFields body) {
        body.only("name", "location", "kind", "description", "arch", "kernel", "ramdisk", "virtualization", "shared");
        boolean shared = body.flag("shared");
        if (shared) {
            Access.requireOperator(caller);
        }
        Image examined = engine.inspection().inspect(described(caller, body, shared));
        ImageView registered = store.write(tx -> {
            Image image = catalog.register(tx, caller, examined);
            externalIds.registered(tx, image.id());
            return view(tx.state(), image);
        });
        return Response.status(Response.Status.CREATED).entity(registered).build();
    }

    @DELETE
    @Path("{image}")
    public void deregister(@Context Caller caller, @PathParam("image") String reference) {
        store.write(tx -> catalog.deregister(
                tx, caller, references.image(tx.state(), caller, reference).id()));
    }

    private Image described(Caller caller, JsonFields body, boolean shared) {
        Snapshot state = store.state();
        String name = Access.name(body);
        String location = body.text("location");
        ImageKind kind = body.oneOf("kind", ImageKind.MACHINE);
        Optional<ImageId> kernel = body.optionalText("kernel")
                .map(reference -> references.image(state, caller, reference).id());
        Optional<ImageId> ramdisk = body.optionalText("ramdisk")
                .map(reference -> references.image(state, caller, reference).id());
        if (kind != ImageKind.MACHINE && (kernel.isPresent() || ramdisk.isPresent())) {
            throw new ApiException(Problem.INVALID_VALUE, "a " + Words.of(kind) + " has no kernel or ramdisk");
        }
        Optional<Virtualization> virtualization = body.oneOf("virtualization", Virtualization.class);
        if (virtualization.isPresent() && kind != ImageKind.MACHINE) {
            throw new ApiException(Problem.INVALID_VALUE, "a " + Words.of(kind) + " has no virtualization of its own");
        }
        if (kernel.isPresent() && virtualization.equals(Optional.of(Virtualization.HVM))) {
            throw new ApiException(
                    Problem.INVALID_VALUE, "an hvm image is booted by its firmware, and has no kernel beside it");
        }
        return Access.checked(() -> new Image(
                ANY,
                caller.account(),
                name,
                body.optionalText("description").orElse(""),
                kind,
                body.optionalText("arch").orElse("x86_64"),
                location,
                DiskFormat.RAW,
                0,
                0,
                kernel,
                ramdisk,
                virtualization,
                shared,
                ImageState.PENDING,
                "",
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private ImageView view(Snapshot state, Image image) {
        return ImageView.of(image, externalIds.of(state, image.id()));
    }
}
