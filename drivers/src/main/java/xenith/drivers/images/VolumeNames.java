package xenith.drivers.images;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.HostEndpoint;

/**
 * How volumes of a host's pool are called: contents by their checksum, shared by all clouds; what a machine has by its
 * cloud and UUID, with an empty volume that says which host it is on.
 */
record VolumeNames(HostEndpoint host) {
    private static final int SUM_CHARS = 32;
    private static final int CLOUD_CHARS = 8;
    private static final String UUID_PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    static String base(String sha256, DiskFormat format) {
        return "xenith-" + sha256.substring(0, SUM_CHARS) + "." + extension(format);
    }

    /** The empty volume that says of another that it is whole. */
    static String whole(String volume) {
        return volume + ".whole";
    }

    /** What names of all the machine's volumes begin with. */
    String prefix(UUID vm) {
        return cloudPrefix() + vm + ".";
    }

    String disk(UUID vm, DiskFormat format) {
        return prefix(vm) + "disk0." + extension(format);
    }

    String seed(UUID vm) {
        return prefix(vm) + "seed.img";
    }

    String memory(UUID vm) {
        return prefix(vm) + "memory";
    }

    String owner(UUID vm) {
        return ownerPrefix(vm) + host.host().value();
    }

    /** Of the owner of whatever host. */
    String ownerPrefix(UUID vm) {
        return prefix(vm) + "host-";
    }

    /** The machine that the volume says is on this host. */
    Optional<UUID> owned(String volume) {
        Matcher matcher = Pattern.compile(Pattern.quote(cloudPrefix()) + "(" + UUID_PATTERN + ")\\.host-"
                        + host.host().value())
                .matcher(volume);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    private String cloudPrefix() {
        return "xenith-" + host.cloud().toString().substring(0, CLOUD_CHARS) + "-";
    }

    private static String extension(DiskFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
