package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.Checks;
import xenith.engine.model.ImageId;

/**
 * What EC2 calls an image.
 *
 * @param id as {@code ami-1a2b3c4d}; kernels are {@code aki-}, ramdisks {@code ari-}
 * @param rootDeviceName what its owner calls the root device; empty when they did not say
 */
public record ImageEntry(String id, ImageId image, Optional<String> rootDeviceName) {
    public ImageEntry {
        Checks.text("image id", id, Ec2Ids.MAX_CHARS);
        rootDeviceName.ifPresent(name -> Checks.text("root device name", name, 64));
    }
}
