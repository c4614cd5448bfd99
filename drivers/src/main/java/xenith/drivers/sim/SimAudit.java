package xenith.drivers.sim;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import xenith.engine.port.DomainReport;

/** Everything that a world's hosts hold, for tests to compare with what a cloud believes. */
public record SimAudit(List<Domain> domains, List<Clone> clones, List<Admitted> admitted, List<SimTally> machines) {
    public SimAudit {
        domains = List.copyOf(domains);
        clones = List.copyOf(clones);
        admitted = List.copyOf(admitted);
        machines = List.copyOf(machines);
    }

    /** An active domain. */
    public record Domain(String host, DomainReport report) {}

    /** @param boots how often a guest has booted from it */
    public record Clone(String host, UUID vm, long boots) {}

    /** A card that may have that address there. */
    public record Admitted(String host, long network, String mac, String address) {}

    /** Machines that were ever active on two hosts at once. */
    public Set<UUID> ranTwice() {
        return machines.stream()
                .filter(machine -> machine.overlaps() > 0)
                .map(SimTally::vm)
                .collect(Collectors.toUnmodifiableSet());
    }
}
