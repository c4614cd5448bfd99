package xenith.engine.port;

import java.util.List;
import java.util.Optional;
import xenith.engine.model.DiskFormat;

/**
 * The files that a domain boots from, named as its host sees them.
 *
 * @param kernelArguments the kernel's command line beyond what the domain's kind needs
 * @param disks in the order in which the guest finds them
 */
public record BootFiles(Optional<String> kernel, Optional<String> ramdisk, String kernelArguments, List<Disk> disks) {
    public BootFiles {
        disks = List.copyOf(disks);
    }

    /**
     * A disk.
     *
     * @param readOnly as for a contextualisation seed
     */
    public record Disk(String file, DiskFormat format, boolean readOnly) {}
}
