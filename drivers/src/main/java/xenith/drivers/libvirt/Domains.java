package xenith.drivers.libvirt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.Domain;
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

    /** By virDomainState. A domain that is shut off is not in it: it is not there. */
    private static final Map<Integer, DomainState> STATES = Map.of(
            // Xen says nothing of a domain that has no processor just now.
            0,
            DomainState.RUNNING,
            1,
            DomainState.RUNNING,
            // It waits for a device.
            2,
            DomainState.RUNNING,
            3,
            DomainState.PAUSED,
            4,
            DomainState.SHUTTING_DOWN,
            6,
            DomainState.CRASHED,
            // The guest sleeps by its own wish, and wakes by it.
            7,
            DomainState.RUNNING);

    private static final int SHUTOFF = 5;

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
            UUID uuid = UUID.fromString(domain.getUUIDString());
            Optional<DomainState> state = state(connect, domain, uuid);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            Optional<DomainMark> mark = mark(domain);
            return Optional.of(new DomainReport(
                    uuid,
                    domain.getName(),
                    state.get(),
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
     * Empty when it is shut off. A guest that reboots is shut off for a while on Xen, whose driver ends its domain and
     * starts it again: a transient domain that is shut off and yet there. (One that is only just being started, or comes
     * from another host, has no guest yet that wanted that.)
     */
    private static Optional<DomainState> state(ExtendedConnect connect, Domain domain, UUID uuid)
            throws LibvirtException, NativeCallException {
        ExtendedConnect.StateAndReason known = connect.state(uuid);
        if (known.state() == SHUTOFF && known.reason() == SHUTOFF_SHUTDOWN && domain.isPersistent() == 0) {
            return Optional.of(DomainState.SHUTTING_DOWN);
        }
        return Optional.ofNullable(STATES.get(known.state()));
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
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_OPERATION_INVALID) {
                // A transient domain that is just not active shows its description only as a whole.
                return DomainMark.read(domain.getXMLDesc(0));
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
