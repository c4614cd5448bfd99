package xenith.gateway.api;

import java.time.Instant;
import java.util.Optional;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;

/**
 * An image in JSON.
 *
 * @param imageId its name in EC2's words
 * @param kernel number of the image that it boots unless a request names another
 * @param virtualization what a machine is that boots it as it is; null for a kernel or ramdisk
 * @param shared whether every account may use it
 */
record ImageView(
        long id,
        String name,
        Optional<String> imageId,
        String accountId,
        String description,
        String kind,
        String arch,
        String location,
        String format,
        long sizeBytes,
        long virtualSizeBytes,
        Optional<Long> kernel,
        Optional<Long> ramdisk,
        Optional<String> virtualization,
        boolean shared,
        String state,
        String reason,
        Instant createdAt) {
    static ImageView of(Image image, Optional<String> imageId) {
        return new ImageView(
                image.id().value(),
                image.name(),
                imageId,
                image.owner().value(),
                image.description(),
                Words.of(image.kind()),
                image.arch(),
                image.location(),
                Words.of(image.format()),
                image.sizeBytes(),
                image.virtualSizeBytes(),
                image.kernel().map(ImageId::value),
                image.ramdisk().map(ImageId::value),
                Optional.of(image)
                        .filter(any -> any.kind() == ImageKind.MACHINE)
                        .map(machine ->
                                Words.of(machine.virtualization(machine.kernel().isPresent()))),
                image.shared(),
                Words.of(image.state()),
                image.reason(),
                image.createdAt());
    }
}
