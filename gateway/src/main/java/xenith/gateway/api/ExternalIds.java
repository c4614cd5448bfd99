package xenith.gateway.api;

import java.util.Optional;
import xenith.engine.model.ImageId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;

/** The names that the EC2 front gives to images, as {@code ami-1a2b3c4d}. Implementations are thread-safe. */
public interface ExternalIds {
    /** The image's name there; empty if it has none. */
    Optional<String> of(Snapshot state, ImageId image);

    /** The image of that name; empty if there is none, or the text is no such name. */
    Optional<ImageId> image(Snapshot state, String externalId);

    /** Names an image that was registered in this unit of work. */
    void registered(Transaction tx, ImageId image);
}
