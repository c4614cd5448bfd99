package xenith.drivers.libvirt;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.DomainInfo;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;

/** Looks at libvirt's domains with the engine's eyes. */
final class Domains {
    /** virConnectListAllDomainsFlags: active ones, and others that will be again. */
    private static final int LIST_ALL = 0;

    /** virDomainShutoffReason: its guest wanted to. */
    private static final int SHUTOFF_SHUTDOWN = 1;

    /** virDomainMetadataType: an element of one's own namespace. */
    private static final int METADATA_ELEMENT = 2;

    /** A domain that is shut off is not in it: it is not there. */
    private static final Map<DomainInfo.DomainState, DomainState> STATES = new EnumMap<>(Map.of(
            // Xen says nothing of a domain that has no processor just now.
            DomainInfo.DomainState.VIR_DOMAIN_NOSTATE, DomainState.RUNNING,
            DomainInfo.DomainState.VIR_DOMAIN_RUNNING, DomainState.RUNNING,
            DomainInfo.DomainState.VIR_DOMAIN_BLOCKED, DomainState.RUNNING,
            DomainInfo.DomainState.VIR_DOMAIN_PAUSED, DomainState.PAUSED,
            // The guest sleeps by its own wish, and wakes by it.
            DomainInfo.DomainState.VIR_DOMAIN_PMSUSPENDED, DomainState.RUNNING,
            DomainInfo.DomainState.VIR_DOMAIN_SHUTDOWN, DomainState.SHUTTING_DOWN,
            DomainInfo.DomainState.VIR_DOMAIN_CRASHED, DomainState.CRASHED));

    /** What is read of a domain. */
    @FunctionalInterface
    interface Reading<T> {
        Optional<T> of(Domain domain) throws LibvirtException, NativeCallException;
    }

    private Domains() {}

    /** What is read of each domain; one that goes away meanwhile is left out. */
    static <T> List<T> each(ExtendedConnect connect, Reading<T> reading) throws LibvirtException, NativeCallException {
        List<T> all = new ArrayList<>();
        for (Domain domain : connect.listAllDomains(LIST_ALL)) {
            try {
                reading.of(domain).ifPresent(all::add);
            } catch (LibvirtException e) {
                Optional<T> unused = orAbsent(e);
            } catch (NativeCallException e) {
                throwUnlessAbsent(e);
            } finally {
                domain.free();
            }
        }
        return List.copyOf(all);
    }

    /** The domain, active or not, for the caller to free. */
    static Optional<Domain> find(Connect connect, UUID vm) throws LibvirtException {
        try {
            return Optional.ofNullable(connect.domainLookupByUUIDString(vm.toString()));
        } catch (LibvirtException e) {
            return orAbsent(e);
        }
    }

    /** {@link #each} of those that are active and that cloud's. */
    static <T> List<T> eachActiveOf(UUID cloud, ExtendedConnect connect, Reading<T> reading)
            throws LibvirtException, NativeCallException {
        return each(connect, domain -> {
            boolean ours = domain.isActive() == 1
                    && mark(domain).filter(mark -> mark.cloud().equals(cloud)).isPresent();
            return ours ? reading.of(domain) : Optional.empty();
        });
    }

    /** Empty when the domain is not there, or has gone meanwhile. */
    static Optional<DomainReport> report(ExtendedConnect connect, Domain domain)
            throws LibvirtException, NativeCallException {
        try {
            DomainState state = restarts(connect, domain) ? DomainState.SHUTTING_DOWN : state(domain);
            if (state == null) {
                return Optional.empty();
            }
            Optional<DomainMark> mark = mark(domain);
            return Optional.of(new DomainReport(
                    UUID.fromString(domain.getUUIDString()),
                    domain.getName(),
                    state,
                    mark.map(DomainMark::cloud),
                    mark.map(DomainMark::operation).orElse(0L)));
        } catch (LibvirtException e) {
            return orAbsent(e);
        } catch (NativeCallException e) {
            throwUnlessAbsent(e);
            return Optional.empty();
        }
    }

    /**
     * A guest that reboots is shut off for a while on Xen, whose driver ends its domain and starts it again: a transient
     * domain that is shut off and yet there. (One that is only just being started has no guest yet that wanted that.)
     */
    private static boolean restarts(ExtendedConnect connect, Domain domain)
            throws LibvirtException, NativeCallException {
        return domain.getInfo().state == DomainInfo.DomainState.VIR_DOMAIN_SHUTOFF
                && domain.isPersistent() == 0
                && connect.stateReason(UUID.fromString(domain.getUUIDString())) == SHUTOFF_SHUTDOWN;
    }

    /** Null when it is shut off. */
    static DomainState state(Domain domain) throws LibvirtException {
        return STATES.get(domain.getInfo().state);
    }

    /** What we have written into the domain's description, if it is one of ours or of another cloud like us. */
    static Optional<DomainMark> mark(Domain domain) throws LibvirtException {
        try {
            String metadata = domain.getMetadata(METADATA_ELEMENT, DomainMark.NAMESPACE, 0);
            return Optional.ofNullable(metadata).flatMap(DomainMark::read);
        } catch (LibvirtException e) {
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN_METADATA) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void throwUnlessAbsent(NativeCallException e) throws NativeCallException {
        if (!ErrorTable.domainIsAbsent(e.error())) {
            throw e;
        }
    }

    private static <T> Optional<T> orAbsent(LibvirtException e) throws LibvirtException {
        if (ErrorTable.domainIsAbsent(e.getError())) {
            return Optional.empty();
        }
        throw e;
    }
}
