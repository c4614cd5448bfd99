package xenith.engine.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something to boot.
 *
 * @param location where it lies, as its owner named it; for a file, a path relative to the image store
 * @param format of a machine image's disk; kernels and ramdisks are {@link DiskFormat#RAW}
 * @param sizeBytes of the file, 0 while it is pending
 * @param virtualSizeBytes what a guest sees of the disk, 0 while it is pending
 * @param kernel what a machine image boots unless the request names another
 * @param ramdisk likewise
 * @param asked what it was registered as; empty where nothing was said: see {@link #virtualization}
 * @param shared whether every account may use it
 * @param reason why it failed; empty otherwise
 */
public record Image(
        ImageId id,
        AccountId owner,
        String name,
        String description,
        ImageKind kind,
        String arch,
        String location,
        DiskFormat format,
        long sizeBytes,
        long virtualSizeBytes,
        Optional<ImageId> kernel,
        Optional<ImageId> ramdisk,
        Optional<Virtualization> asked,
        boolean shared,
        ImageState state,
        String reason,
        Instant createdAt) {
    public Image {
        Checks.text("image name", name, 128);
        Checks.bounded("image description", description, 255);
        Checks.text("image location", location, 1024);
        Checks.bounded("reason", reason, 1000);
    }

    /**
     * What a machine takes itself for that boots this image.
     *
     * @param withKernel whether it boots a kernel of its own, the image's or another; firmware boots none
     */
    public Virtualization virtualization(boolean withKernel) {
        Virtualization byKernel = withKernel ? Virtualization.PARAVIRTUAL : Virtualization.HVM;
        return asked.filter(said -> !withKernel || said != Virtualization.HVM).orElse(byKernel);
    }

    public boolean usableBy(Caller caller) {
        return registered() && (shared || caller.mayUse(owner));
    }

    public Image withId(ImageId newId) {
        return changed(newId, format, sizeBytes, virtualSizeBytes, kernel, ramdisk, state);
    }

    /** The same image with the kernel and ramdisk that it boots unless the request names others. */
    public Image booting(Optional<ImageId> newKernel, Optional<ImageId> newRamdisk) {
        return changed(id, format, sizeBytes, virtualSizeBytes, newKernel, newRamdisk, state);
    }

    /** The same image with what examining its file has shown. */
    public Image examined(DiskFormat newFormat, long newSizeBytes, long newVirtualSizeBytes) {
        return changed(id, newFormat, newSizeBytes, newVirtualSizeBytes, kernel, ramdisk, ImageState.AVAILABLE);
    }

    /** The same image, for every account or for some. */
    public Image shared(boolean withEverybody) {
        return changed(description, withEverybody);
    }

    public Image described(String newDescription) {
        return changed(newDescription, shared);
    }

    public Image deregistered() {
        return changed(id, format, sizeBytes, virtualSizeBytes, kernel, ramdisk, ImageState.DEREGISTERED);
    }

    public boolean registered() {
        return state != ImageState.DEREGISTERED;
    }

    private Image changed(String newDescription, boolean newShared) {
        return new Image(
                id,
                owner,
                name,
                newDescription,
                kind,
                arch,
                location,
                format,
                sizeBytes,
                virtualSizeBytes,
                kernel,
                ramdisk,
                asked,
                newShared,
                state,
                reason,
                createdAt);
    }

    private Image changed(
            ImageId newId,
            DiskFormat newFormat,
            long newSizeBytes,
            long newVirtualSizeBytes,
            Optional<ImageId> newKernel,
            Optional<ImageId> newRamdisk,
            ImageState newState) {
        return new Image(
                newId,
                owner,
                name,
                description,
                kind,
                arch,
                location,
                newFormat,
                newSizeBytes,
                newVirtualSizeBytes,
                newKernel,
                newRamdisk,
                asked,
                shared,
                newState,
                reason,
                createdAt);
    }
}
