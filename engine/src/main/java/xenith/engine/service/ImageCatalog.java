package xenith.engine.service;

import java.util.Optional;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;

/** Images, as callers register them. What an image's file is, {@link ImageInspection} finds out before. */
public final class ImageCatalog {
    /**
     * Registers an image that has been examined.
     *
     * @param image with any id; it gets its own
     * @throws EngineException {@code NAME_TAKEN}, {@code IMAGE_NOT_FOUND} for a kernel or ramdisk that the caller has
     *     not, {@code NOT_ALLOWED} for another account's image
     */
    public Image register(Transaction tx, Caller caller, Image image) {
        if (!caller.mayUse(image.owner())) {
            throw new EngineException(ErrorCode.NOT_ALLOWED, "account " + image.owner() + " is not the caller's");
        }
        Images.Name name = new Images.Name(image.owner(), image.name());
        if (tx.state().count(Images.BY_NAME, name) > 0) {
            throw new EngineException(
                    ErrorCode.NAME_TAKEN, "account " + image.owner() + " has an image named '" + image.name() + "'");
        }
        image.kernel().ifPresent(id -> require(tx.state(), caller, id, ImageKind.KERNEL));
        image.ramdisk().ifPresent(id -> require(tx.state(), caller, id, ImageKind.RAMDISK));
        Image registered = image.withId(new ImageId(tx.next("image")));
        tx.put(Images.TABLE, registered);
        tx.emit(
                EventKind.IMAGE_REGISTERED,
                "image/" + registered.id(),
                Optional.of(registered.owner()),
                registered.location());
        return registered;
    }

    /**
     * Forgets an image. Its file stays, and so do the machines that were made from it.
     *
     * @throws EngineException {@code IMAGE_NOT_FOUND}; {@code NOT_ALLOWED} when the caller may use it and does not own it
     */
    public Image deregister(Transaction tx, Caller caller, ImageId id) {
        Image image = find(tx.state(), caller, id)
                .orElseThrow(() -> new EngineException(ErrorCode.IMAGE_NOT_FOUND, "there is no image " + id));
        if (!caller.mayUse(image.owner())) {
            throw new EngineException(ErrorCode.NOT_ALLOWED, "image " + id + " is another account's");
        }
        ImageShares.removeAll(tx, id);
        tx.put(Images.TABLE, image.deregistered());
        tx.emit(EventKind.IMAGE_DEREGISTERED, "image/" + id, Optional.of(image.owner()), image.name());
        return image;
    }

    /** The image, if the caller may use it. */
    public Optional<Image> find(Snapshot state, Caller caller, ImageId id) {
        return state.find(Images.TABLE, id).filter(image -> ImageShares.usable(state, image, caller));
    }

    private void require(Snapshot state, Caller caller, ImageId id, ImageKind kind) {
        boolean right =
                find(state, caller, id).filter(image -> image.kind() == kind).isPresent();
        if (!right) {
            throw new EngineException(ErrorCode.IMAGE_NOT_FOUND, "there is no " + kind + " image " + id);
        }
    }
}
