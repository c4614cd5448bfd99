package xenith.drivers.libvirt;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * How a domain gets from one host to another.
 *
 * @param control the target's libvirt as the source's libvirtd reaches it; empty when only we reach it
 * @param data where the source sends the domain's memory to; empty to leave it to the target
 */
record MigrationRoute(Optional<String> control, Optional<String> data) {
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /** @throws DriverException {@code REFUSED} when the target's migration address is none */
    static MigrationRoute to(HostEndpoint target) throws DriverException {
        HostUri uri = HostUri.parse(target.uri());
        if (target.migrationAddress().isEmpty()) {
            return new MigrationRoute(tlsAddress(uri).map(address -> control(uri, address)), Optional.empty());
        }
        String address = target.migrationAddress().get();
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new DriverException(
                    Failure.REFUSED, "migration address '" + address + "' of host " + target.name() + " is no address");
        }
        return new MigrationRoute(
                Optional.of(control(uri, parts.group(1))).filter(known -> !uri.inProcess()),
                Optional.of("tcp://" + address));
    }

    /** Host to host only TLS is known to need nobody's password and no key of an account. */
    private static String control(HostUri uri, String address) {
        return uri.driver() + "+tls://" + address + "/system";
    }

    /** Where a host that we reach by TLS is found; others are asked to find it at the same place. */
    private static Optional<String> tlsAddress(HostUri uri) {
        URI parsed = URI.create(uri.connectUri());
        return Optional.ofNullable(parsed.getRawAuthority())
                .filter(authority -> parsed.getScheme().endsWith("+tls"));
    }
}
