package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.UserId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Images;

/** What EC2 calls images. Whoever registers an image gives it its id here, in the same unit of work. */
public final class ImageIds {
    public static final Index<ImageId, String, ImageEntry> BY_IMAGE =
            new Index<>("EC2 image by image", entry -> Optional.of(entry.image()));

    public static final Table<String, ImageEntry> TABLE = Table.named("ec2_images", ImageEntry::id)
            .keyText("id", ImageEntry::id)
            .number("image", entry -> entry.image().value())
            .optionalText("root_device_name", ImageEntry::rootDeviceName)
            .index(BY_IMAGE)
            .readBy(row -> new ImageEntry(
                    row.text("id"), new ImageId(row.number("image")), row.optionalText("root_device_name")));

    private final Ec2Ids ids;

    /** What gives the user's images ids of the length that they want. */
    public ImageIds of(Snapshot state, UserId user) {
        return new ImageIds(IdFormats.idsFor(state, user, IdFormats.IMAGE, ids));
    }

    public ImageIds(Ec2Ids ids) {
        this.ids = ids;
    }

    public static String prefixOf(ImageKind kind) {
        return switch (kind) {
            case MACHINE -> "ami";
            case KERNEL -> "aki";
            case RAMDISK -> "ari";
        };
    }

    /** The image's id; it gets one if it has none. */
    public String of(Transaction tx, Image image) {
        return find(tx.state(), image.id()).map(ImageEntry::id).orElseGet(() -> add(tx, image, Optional.empty()));
    }

    /** Gives a new image its id, and keeps what its owner calls its root device. */
    public String add(Transaction tx, Image image, Optional<String> rootDeviceName) {
        String id =
                ids.mint(prefixOf(image.kind()), taken -> tx.find(TABLE, taken).isPresent());
        tx.put(TABLE, new ImageEntry(id, image.id(), rootDeviceName));
        return id;
    }

    /** Gives an id to every registered image that has none, as those that were registered past EC2. */
    public void addMissing(Transaction tx) {
        tx.state().all(Images.TABLE).stream()
                .filter(Image::registered)
                .filter(image -> find(tx.state(), image.id()).isEmpty())
                .toList()
                .forEach(image -> add(tx, image, Optional.empty()));
    }

    public static Optional<ImageEntry> find(Snapshot state, ImageId image) {
        return state.by(BY_IMAGE, TABLE, image).findFirst();
    }
}
