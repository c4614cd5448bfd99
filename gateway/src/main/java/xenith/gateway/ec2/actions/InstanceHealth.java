package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import xenith.engine.model.Host;
import xenith.engine.service.Observations;
import xenith.engine.tables.Hosts;

/**
 * How an instance is, in EC2's words.
 *
 * @param system how its host is
 * @param instance how its guest is, as far as that can be seen from outside
 */
record InstanceHealth(Check system, Check instance) {
    /** What a check has come to. */
    enum Check {
        OK("ok", Optional.of("passed")),
        IMPAIRED("impaired", Optional.of("failed")),
        INITIALIZING("initializing", Optional.of("initializing")),
        INSUFFICIENT_DATA("insufficient-data", Optional.of("insufficient-data")),
        /** Nothing runs that could be checked. */
        NOT_APPLICABLE("not-applicable", Optional.empty());

        private final String status;
        private final Optional<String> reachability;

        Check(String status, Optional<String> reachability) {
            this.status = status;
            this.reachability = reachability;
        }

        String status() {
            return status;
        }

        /** The one detail that EC2 has; empty where nothing was checked. */
        Optional<String> reachability() {
            return reachability;
        }

        InstanceStatusSummary described() {
            List<InstanceStatusDetails> details = reachability.stream()
                    .map(outcome -> InstanceStatusDetails.builder()
                            .name("reachability")
                            .status(outcome)
                            .build())
                    .toList();
            return InstanceStatusSummary.builder()
                    .status(status)
                    .details(details)
                    .build();
        }
    }

    static InstanceHealth of(InstanceView view, Observations observations) {
        if (view.instanceState() != Ec2InstanceState.RUNNING) {
            return new InstanceHealth(Check.NOT_APPLICABLE, Check.NOT_APPLICABLE);
        }
        Optional<Host> host = view.vm().host().flatMap(id -> view.state().find(Hosts.TABLE, id));
        if (host.map(Host::silent).orElse(false)) {
            return new InstanceHealth(Check.IMPAIRED, Check.INSUFFICIENT_DATA);
        }
        boolean seen = host.map(Host::id).map(observations::hasAnswered).orElse(false);
        if (!seen) {
            return new InstanceHealth(Check.INSUFFICIENT_DATA, Check.INSUFFICIENT_DATA);
        }
        return new InstanceHealth(Check.OK, observations.isBooting(view.vm().id()) ? Check.INITIALIZING : Check.OK);
    }
}
