package xenith.engine.model;

import java.util.Optional;

/**
 * What a virtual machine boots: a disk, a kernel with or without a ramdisk, or both.
 *
 * @param kernelArguments the kernel's command line beyond what the domain's kind needs; at most 1000 characters
 */
public record BootSource(
        Optional<ImageId> disk, Optional<ImageId> kernel, Optional<ImageId> ramdisk, String kernelArguments) {
    public BootSource {
        if (disk.isEmpty() && kernel.isEmpty()) {
            throw new IllegalArgumentException("neither a disk nor a kernel to boot");
        }
        if (ramdisk.isPresent() && kernel.isEmpty()) {
            throw new IllegalArgumentException("a ramdisk needs a kernel");
        }
        Checks.bounded("kernelArguments", kernelArguments, 1000);
    }
}
