package xenith.drivers.libvirt;

import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/** Which libvirt a host needs. */
final class LibvirtVersions {
    /** Debian 11's: what this driver asks for is in it. Only Debian 12's 9.0 has been tried. */
    private static final long OLDEST = 7_000_000;

    private LibvirtVersions() {}

    /** @throws DriverException {@code REFUSED} when the host's libvirt is older */
    static void refuseOlder(HostEndpoint endpoint, LibvirtConnection connection) throws DriverException {
        refuseOlder(endpoint.name(), connection.ask("version of libvirt", ExtendedConnect::getLibVersion));
    }

    /** @param packed as libvirt packs versions */
    static void refuseOlder(String host, long packed) throws DriverException {
        if (packed < OLDEST) {
            throw new DriverException(
                    Failure.REFUSED,
                    "host " + host + " has libvirt " + HostReports.version(packed) + ", which is older than "
                            + HostReports.version(OLDEST));
        }
    }
}
