package xenith.engine.service;

import java.util.Optional;
import xenith.engine.model.BootSource;
import xenith.engine.model.Caller;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;

/** Whether a caller may boot what a machine is to boot. */
final class BootImages {
    private BootImages() {}

    /**
     * Passes what may be booted. Who may use a machine image may use the kernel and ramdisk that are its own.
     *
     * @throws EngineException {@code IMAGE_NOT_FOUND}, {@code IMAGE_UNAVAILABLE}, {@code INVALID}
     */
    static void check(Snapshot state, Caller caller, BootSource boot) {
        boot.disk().ifPresent(id -> check(state, caller, id, ImageKind.MACHINE, false));
        Optional<Image> disk = boot.disk().flatMap(id -> state.find(Images.TABLE, id));
        boot.kernel()
                .ifPresent(id -> check(
                        state,
                        caller,
                        id,
                        ImageKind.KERNEL,
                        disk.flatMap(Image::kernel).filter(id::equals).isPresent()));
        boot.ramdisk()
                .ifPresent(id -> check(
                        state,
                        caller,
                        id,
                        ImageKind.RAMDISK,
                        disk.flatMap(Image::ramdisk).filter(id::equals).isPresent()));
    }

    private static void check(Snapshot state, Caller caller, ImageId id, ImageKind kind, boolean comesWithTheDisk) {
        Image image = state.find(Images.TABLE, id)
                .filter(found -> (comesWithTheDisk && found.registered()) || ImageShares.usable(state, found, caller))
                .orElseThrow(() -> new EngineException(ErrorCode.IMAGE_NOT_FOUND, "there is no image " + id));
        if (image.kind() != kind) {
            throw new EngineException(
                    ErrorCode.INVALID, "image " + id + " is a " + image.kind() + " image, not a " + kind + " one");
        }
        if (image.state() != ImageState.AVAILABLE) {
            throw new EngineException(
                    ErrorCode.IMAGE_UNAVAILABLE, "image " + id + " is " + image.state() + " " + image.reason());
        }
    }
}
