package xenith.engine.port;

import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Image;

/**
 * What a virtual machine needs on its host before it starts.
 *
 * @param vm its UUID
 * @param diskMib how large its disk shall be at least; never smaller than its image
 */
public record BootPlan(
        UUID vm,
        Optional<Image> disk,
        Optional<Image> kernel,
        Optional<Image> ramdisk,
        String kernelArguments,
        long diskMib,
        Contextualization context) {}
