package xenith.engine.port;

import java.util.Set;

/**
 * What is plugged into an active domain.
 *
 * @param disks their files, as the host names them
 * @param macs of its network cards, in lower case
 */
public record DomainDevices(Set<String> disks, Set<String> macs) {
    public DomainDevices {
        disks = Set.copyOf(disks);
        macs = Set.copyOf(macs);
    }
}
