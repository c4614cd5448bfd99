package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import xenith.drivers.sim.SimAudit;
import xenith.engine.port.DomainReport;

/** A cloud's instances, and what must be true of them once nothing happens any more. */
final class Instances {
    private Instances() {}

    static Map<String, Instance> all(Ec2Client ec2) {
        return ec2.describeInstancesPaginator(request -> request.maxResults(1000)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .collect(Collectors.toMap(Instance::instanceId, instance -> instance));
    }

    static Map<String, Instance> awaitSettled(RunningCloud cloud) {
        try (Ec2Client ec2 = Ec2Clients.once(cloud)) {
            RunningCloud.await("settled", () -> {
                Set<String> states = all(ec2).values().stream()
                        .map(instance -> instance.state().nameAsString())
                        .collect(Collectors.toSet());
                states.removeAll(Set.of("running", "terminated"));
                return states.isEmpty() ? "settled" : states.toString();
            });
            return all(ec2);
        }
    }

    /** That what was acknowledged has come true, and no two of them have one address. */
    static void assertThatIs(Map<String, String> acknowledged, Map<String, Instance> settled) {
        acknowledged.forEach((instance, state) -> assertThat(settled)
                .hasEntrySatisfying(instance, found -> assertThat(found.state().nameAsString())
                        .as("%s, acknowledged %s: %s", instance, state, found.stateReason())
                        .isEqualTo(state)));
        List<String> addresses = settled.values().stream()
                .filter(instance -> !instance.state().nameAsString().equals("terminated"))
                .map(Instance::privateIpAddress)
                .toList();
        assertThat(addresses).doesNotHaveDuplicates();
    }

    static long count(Map<String, Instance> instances, String state) {
        return instances.values().stream()
                .filter(instance -> instance.state().nameAsString().equals(state))
                .count();
    }

    static void assertHostsHoldExactly(SimAudit audit, long running) {
        assertThat(audit.ranTwice()).isEmpty();
        assertThat(audit.domains().stream().map(SimAudit.Domain::report).map(DomainReport::uuid))
                .doesNotHaveDuplicates()
                .hasSize((int) running);
        assertThat(audit.clones()).hasSize((int) running);
        assertThat(audit.admitted()).hasSize((int) running);
    }

    static String machineImage(RunningCloud cloud) {
        try (Ec2Client ec2 = Ec2Clients.once(cloud)) {
            return ec2.describeImages().images().stream()
                    .map(Image::imageId)
                    .filter(id -> id.startsWith("ami-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
