package xenith.gateway.ec2.actions;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** What a launch asks of its devices: how large the root device is to be. There are no others. */
final class BlockDevices {
    /** EC2's own limit. */
    private static final int MAX_SIZE_GIB = 16_384;

    private static final long MIB_PER_GIB = 1024;
    private static final long BYTES_PER_GIB = 1024L * 1024 * 1024;

    /** Types that promise no speed. */
    private static final Set<String> TYPES = Set.of("standard", "gp2", "gp3");

    /** Instance types without such disks have the mapping left out, as at EC2. */
    private static final Pattern EPHEMERAL = Pattern.compile("ephemeral(1?[0-9]|2[0-3])");

    private BlockDevices() {}

    /**
     * How large the root device is to be, in MiB; empty when nothing is said.
     *
     * @throws Ec2Error InvalidBlockDeviceMapping, MissingParameter, UnsupportedOperation for any other device
     */
    static OptionalLong rootMib(ImageView image, List<BlockDeviceMapping> mappings) {
        String root = image.rootDeviceName().orElse(ImageView.DEFAULT_ROOT_DEVICE);
        OptionalLong size = OptionalLong.empty();
        Set<String> seen = new HashSet<>();
        for (BlockDeviceMapping mapping : mappings) {
            String device = mapping.deviceName();
            if (device == null || device.isBlank()) {
                throw Refusals.missing("BlockDeviceMapping.DeviceName");
            }
            if (!seen.add(device)) {
                throw invalid("The device '%s' is given twice".formatted(Refusals.shown(device)));
            }
            if (device.equals(root)) {
                size = rootMib(image, root, mapping);
            } else {
                checkOther(device, mapping);
            }
        }
        return size;
    }

    private static OptionalLong rootMib(ImageView image, String root, BlockDeviceMapping mapping) {
        EbsBlockDevice ebs = mapping.ebs();
        if (mapping.noDevice() != null || mapping.virtualName() != null) {
            throw invalid("The root device '%s' can be neither left out nor another disk".formatted(root));
        }
        if (ebs == null) {
            return OptionalLong.empty();
        }
        if (ebs.snapshotId() != null) {
            throw invalid("The root device '%s' comes from its image and from no snapshot".formatted(root));
        }
        if (Boolean.FALSE.equals(ebs.deleteOnTermination())) {
            throw Refusals.unsupported("The root device goes with its instance:"
                    + " BlockDeviceMapping.Ebs.DeleteOnTermination can only be true");
        }
        if (ebs.volumeTypeAsString() != null && !TYPES.contains(ebs.volumeTypeAsString())) {
            throw Refusals.unsupported(
                    "The volume type '%s' is not supported".formatted(Refusals.shown(ebs.volumeTypeAsString())));
        }
        if (ebs.volumeSize() == null) {
            return OptionalLong.empty();
        }
        long needed = (image.image().virtualSizeBytes() + BYTES_PER_GIB - 1) / BYTES_PER_GIB;
        if (ebs.volumeSize() < Math.max(1, needed) || ebs.volumeSize() > MAX_SIZE_GIB) {
            throw invalid("A volume of %d GiB is not possible for the image '%s': expecting %d to %d GiB"
                    .formatted(ebs.volumeSize(), image.id(), Math.max(1, needed), MAX_SIZE_GIB));
        }
        return OptionalLong.of(ebs.volumeSize() * MIB_PER_GIB);
    }

    private static void checkOther(String device, BlockDeviceMapping mapping) {
        if (mapping.noDevice() != null) {
            return;
        }
        if (mapping.virtualName() != null && mapping.ebs() == null) {
            if (!EPHEMERAL.matcher(mapping.virtualName()).matches()) {
                throw invalid("The virtual device '%s' is unknown".formatted(Refusals.shown(mapping.virtualName())));
            }
            return;
        }
        throw Refusals.unsupported("The device '%s' cannot be had: an instance has its root device only"
                .formatted(Refusals.shown(device)));
    }

    private static Ec2Error invalid(String message) {
        return new Ec2Error(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, message);
    }
}
