package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Virtualization;
import xenith.engine.store.Index;
import xenith.engine.store.Row;
import xenith.engine.store.Table;

/** Images, the deregistered ones included while machines that were made from them remain. */
public final class Images {
    /** Names are unique within an account. */
    public static final Index<Name, ImageId, Image> BY_NAME = new Index<>(
            "image by name",
            image -> image.registered() ? Optional.of(new Name(image.owner(), image.name())) : Optional.empty());

    public static final Table<ImageId, Image> TABLE = Table.named("images", Image::id)
            .keyNumber("id", image -> image.id().value())
            .text("owner", image -> image.owner().value())
            .text("name", Image::name)
            .text("description", Image::description)
            .text("kind", image -> image.kind().name())
            .text("arch", Image::arch)
            .text("location", Image::location)
            .text("format", image -> image.format().name())
            .number("size_bytes", Image::sizeBytes)
            .number("virtual_size_bytes", Image::virtualSizeBytes)
            .optionalNumber("kernel", image -> image.kernel().map(ImageId::value))
            .optionalNumber("ramdisk", image -> image.ramdisk().map(ImageId::value))
            .optionalText("virtualization", image -> image.asked().map(Enum::name))
            .flag("shared", Image::shared)
            .text("state", image -> image.state().name())
            .text("reason", Image::reason)
            .time("created_millis", Image::createdAt)
            .index(BY_NAME)
            .readBy(Images::read);

    /** An image's name within its account. */
    public record Name(AccountId owner, String name) {}

    private Images() {}

    private static Image read(Row row) {
        return new Image(
                new ImageId(row.number("id")),
                new AccountId(row.text("owner")),
                row.text("name"),
                row.text("description"),
                ImageKind.valueOf(row.text("kind")),
                row.text("arch"),
                row.text("location"),
                DiskFormat.valueOf(row.text("format")),
                row.number("size_bytes"),
                row.number("virtual_size_bytes"),
                row.optionalNumber("kernel").map(ImageId::new),
                row.optionalNumber("ramdisk").map(ImageId::new),
                row.optionalText("virtualization").map(Virtualization::valueOf),
                row.flag("shared"),
                ImageState.valueOf(row.text("state")),
                row.text("reason"),
                row.time("created_millis"));
    }
}
