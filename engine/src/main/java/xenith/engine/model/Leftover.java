package xenith.engine.model;

import java.util.UUID;

/**
 * What a virtual machine may have left on a host that could not be asked to remove it.
 *
 * @param uuid the machine's, which outlives its record
 */
public record Leftover(HostId host, VmId vm, UUID uuid) {
    /** What identifies it. */
    public record Key(HostId host, VmId vm) {}

    public Key key() {
        return new Key(host, vm);
    }
}
