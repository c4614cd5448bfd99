package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.AccountId;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.Virtualization;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.ImageEntry;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.ec2.tables.TagEntry;
import xenith.gateway.ec2.tables.Tags;

/** An image as an account sees it in one state of the cloud. */
record ImageView(Snapshot state, AccountId viewer, ImageEntry entry, Image image) {
    /** Stopping keeps an instance's disk, as it does for those that EC2 boots from a volume. */
    static final String ROOT_DEVICE_TYPE = "ebs";

    static final String DEFAULT_ROOT_DEVICE = "/dev/sda1";

    /** EC2's words for it; it has none for PVH, which needs the same of a processor as its hvm. */
    static String virtualizationType(Virtualization kind) {
        return switch (kind) {
            case PARAVIRTUAL -> "paravirtual";
            case HVM, PVH -> "hvm";
        };
    }

    /** The images that the account may use, in no order. */
    static Stream<ImageView> all(Snapshot state, AccountId viewer) {
        return state.all(ImageIds.TABLE).stream().flatMap(entry -> view(state, viewer, entry).stream());
    }

    /**
     * The image of that id, if the account may use it.
     *
     * @throws Ec2Error InvalidAMIID.Malformed, InvalidAMIID.NotFound
     */
    static ImageView require(Snapshot state, AccountId viewer, String id) {
        if (!isWellFormed(id)) {
            throw malformed(id, "ami-...");
        }
        return find(state, viewer, id).orElseThrow(() -> notFound(List.of(id)));
    }

    /**
     * The image of that id and kind, if the account may use it.
     *
     * @throws Ec2Error InvalidAMIID.Malformed, InvalidAMIID.NotFound
     */
    static ImageView require(Snapshot state, AccountId viewer, String id, ImageKind kind) {
        if (!Ec2Ids.isWellFormed(ImageIds.prefixOf(kind), id)) {
            throw malformed(id, ImageIds.prefixOf(kind) + "-...");
        }
        return find(state, viewer, id).orElseThrow(() -> notFound(List.of(id)));
    }

    /**
     * The account's own image of that id.
     *
     * @throws Ec2Error MissingParameter, InvalidAMIID.Malformed, InvalidAMIID.NotFound, AuthFailure
     */
    static ImageView requireOwn(Snapshot state, AccountId account, String id) {
        if (id == null) {
            throw Refusals.missing("ImageId");
        }
        ImageView view = require(state, account, id);
        if (!view.isOwn()) {
            throw new Ec2Error(
                    Ec2ErrorCode.AUTH_FAILURE, "Not authorized for image: " + view.id() + " is another account's");
        }
        return view;
    }

    static Optional<ImageView> find(Snapshot state, AccountId viewer, String id) {
        return state.find(ImageIds.TABLE, id).flatMap(entry -> view(state, viewer, entry));
    }

    static boolean isWellFormed(String id) {
        return Stream.of(ImageKind.values()).anyMatch(kind -> Ec2Ids.isWellFormed(ImageIds.prefixOf(kind), id));
    }

    static Ec2Error notFound(List<String> ids) {
        return Refusals.notFound(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND, "image id", ids);
    }

    static Ec2Error malformed(String id, String expected) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_AMI_ID_MALFORMED,
                "Invalid id: \"%s\" (expecting \"%s\")".formatted(Refusals.shown(id), expected));
    }

    private static Optional<ImageView> view(Snapshot state, AccountId viewer, ImageEntry entry) {
        // Not ImageShares.usable: operators see every account's images there, and EC2 has no operators.
        return state.find(Images.TABLE, entry.image())
                .filter(image -> image.registered()
                        && (image.shared()
                                || image.owner().equals(viewer)
                                || ImageShares.isWith(state, image.id(), viewer)))
                .map(image -> new ImageView(state, viewer, entry, image));
    }

    String id() {
        return entry.id();
    }

    boolean isOwn() {
        return image.owner().equals(viewer);
    }

    Optional<String> kernelId() {
        return nameOf(image.kernel());
    }

    Optional<String> ramdiskId() {
        return nameOf(image.ramdisk());
    }

    Optional<String> rootDeviceName() {
        return image.kind() == ImageKind.MACHINE
                ? Optional.of(entry.rootDeviceName().orElse(DEFAULT_ROOT_DEVICE))
                : Optional.empty();
    }

    String virtualizationType() {
        return virtualizationType(image.virtualization(
                image.kind() != ImageKind.MACHINE || image.kernel().isPresent()));
    }

    List<TagEntry> tags() {
        return Tags.of(state, viewer, entry.id());
    }

    private Optional<String> nameOf(Optional<ImageId> other) {
        return other.flatMap(id -> ImageIds.find(state, id)).map(ImageEntry::id);
    }
}
