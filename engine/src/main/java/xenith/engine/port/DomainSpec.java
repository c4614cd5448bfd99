package xenith.engine.port;

import java.util.List;
import java.util.UUID;
import xenith.engine.model.Virtualization;

/**
 * A domain to start.
 *
 * @param uuid the virtual machine's, and the domain's
 * @param name the domain's name, unique on its host
 * @param cloud the cloud's UUID, kept in the domain's metadata
 * @param vm the virtual machine's number, kept in the domain's metadata
 * @param operation the number of the operation that starts it, kept in the domain's metadata
 * @param cpu hundredths of a core: its share among its host's domains
 * @param virtualization for hypervisors that know several kinds
 */
public record DomainSpec(
        UUID uuid,
        String name,
        UUID cloud,
        long vm,
        long operation,
        int vcpus,
        long cpu,
        long memoryMib,
        Virtualization virtualization,
        BootFiles boot,
        List<Nic> nics) {
    public DomainSpec {
        nics = List.copyOf(nics);
    }

    /** A network card. */
    public record Nic(String network, String bridge, String mac) {}
}
