package xenith.gateway.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import xenith.engine.model.Caller;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.ImageInspection;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Images;
import xenith.gateway.ec2.tables.ImageIds;

/** The image that a new cloud can boot at once: a kernel, a ramdisk and a disk in HOME/images/mini, for every account. */
final class FirstImage {
    static final String NAME = "mini";

    private final Path images;
    private final Store store;
    private final ImageInspection inspection;
    private final ImageIds ids;
    private final Clock clock;
    private final ImageCatalog catalog = new ImageCatalog();

    FirstImage(Path images, Store store, ImageInspection inspection, ImageIds ids, Clock clock) {
        this.images = images;
        this.store = store;
        this.inspection = inspection;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Registers it, if it is wanted and never was: one that its owner has removed stays removed. Simulated hosts boot
     * nothing, so for them any files will do.
     *
     * @throws xenith.engine.service.EngineException when its files are not there or cannot be used
     */
    void register(Caller owner, Configuration configuration) throws IOException {
        if (!configuration.bootstrapsImage() || wasRegistered(store.state(), owner)) {
            return;
        }
        boolean simulated = configuration.driver() == Configuration.Driver.SIM;
        if (simulated) {
            placeholders();
        }
        Image kernel = inspection.inspect(image(owner, NAME + "-kernel", ImageKind.KERNEL, "vmlinuz"));
        Image ramdisk = inspection.inspect(image(owner, NAME + "-ramdisk", ImageKind.RAMDISK, "initrd.gz"));
        Image disk = inspection.inspect(image(owner, NAME, ImageKind.MACHINE, simulated ? "root.img" : "root.qcow2"));
        store.write(tx -> {
            if (!wasRegistered(tx.state(), owner)) {
                ImageId kernelId = registered(tx, owner, kernel).id();
                ImageId ramdiskId = registered(tx, owner, ramdisk).id();
                registered(tx, owner, disk.booting(Optional.of(kernelId), Optional.of(ramdiskId)));
            }
            return null;
        });
    }

    private Image registered(Transaction tx, Caller owner, Image image) {
        Image registered = catalog.register(tx, owner, image);
        ids.of(tx, registered);
        return registered;
    }

    private static boolean wasRegistered(Snapshot state, Caller owner) {
        return state.all(Images.TABLE).stream()
                .anyMatch(image ->
                        image.owner().equals(owner.account()) && image.name().equals(NAME));
    }

    private void placeholders() throws IOException {
        Path folder = images.resolve(NAME);
        Files.createDirectories(folder);
        for (String file : new String[] {"vmlinuz", "initrd.gz", "root.img"}) {
            if (!Files.exists(folder.resolve(file))) {
                Files.writeString(folder.resolve(file), "a simulated host boots anything\n");
            }
        }
    }

    private Image image(Caller owner, String name, ImageKind kind, String file) {
        return new Image(
                new ImageId(1),
                owner.account(),
                name,
                "the small guest made from Debian's packages",
                kind,
                "x86_64",
                NAME + "/" + file,
                file.endsWith(".qcow2") ? DiskFormat.QCOW2 : DiskFormat.RAW,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ImageState.PENDING,
                "",
                clock.instant());
    }
}
