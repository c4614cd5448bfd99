package xenith.drivers.libvirt;

import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * Finds domains that a host would start by itself when it comes back from a failure: its machines run elsewhere by then,
 * and would run twice. What scripts of the host's operating system start, libvirt does not tell.
 */
final class UnattendedStarts {
    /** virConnectListAllDomainsFlags. */
    private static final int LIST_PERSISTENT = 4;

    private UnattendedStarts() {}

    /** @throws DriverException {@code REFUSED}, naming the domain, when there is one */
    static void refuse(HostEndpoint endpoint, LibvirtConnection connection) throws DriverException {
        Optional<String> found = connection.ask("definitions of domains", connect -> {
            Optional<String> first = Optional.empty();
            for (Domain domain : connect.listAllDomains(LIST_PERSISTENT)) {
                try {
                    first = first.isPresent() ? first : reason(domain, endpoint.cloud());
                } finally {
                    domain.free();
                }
            }
            return first;
        });
        if (found.isPresent()) {
            throw new DriverException(
                    Failure.REFUSED, "host " + endpoint.name() + " may start a guest by itself: " + found.get());
        }
    }

    private static Optional<String> reason(Domain domain, UUID cloud) throws LibvirtException {
        try {
            String name = "domain " + domain.getName();
            if (domain.getAutostart()) {
                return Optional.of(name + " is defined with autostart; 'virsh autostart --disable' it");
            }
            boolean ours = Domains.mark(domain)
                    .filter(mark -> mark.cloud().equals(cloud))
                    .isPresent();
            return ours
                    ? Optional.of(name + " is this cloud's and must not be defined; 'virsh undefine' it")
                    : Optional.empty();
        } catch (LibvirtException e) {
            if (ErrorTable.domainIsAbsent(e.getError())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
