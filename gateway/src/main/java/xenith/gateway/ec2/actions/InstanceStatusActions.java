package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import xenith.engine.service.Observations;

/** How instances and their hosts are. No events are ever scheduled: hosts are drained without a stop. */
final class InstanceStatusActions {
    private static final Filters<View> FILTERS = new Filters<View>()
            .many("availability-zone", view -> view.instance.zone().stream().toList())
            .many("availability-zone-id", view -> view.instance.zone().stream().toList())
            .one(
                    "instance-state-code",
                    view -> Integer.toString(view.instance.instanceState().code()))
            .one("instance-state-name", view -> view.instance.instanceState().wireName())
            .one("instance-status.status", view -> view.health.instance().status())
            .one("system-status.status", view -> view.health.system().status())
            .many("instance-status.reachability", view -> reachability(view.health.instance()))
            .many("system-status.reachability", view -> reachability(view.health.system()))
            .one("operator.managed", view -> "false")
            .none(
                    "attached-ebs-status.status",
                    "operator.principal",
                    "event.code",
                    "event.description",
                    "event.instance-event-id")
            .none("event.not-after", "event.not-before", "event.not-before-deadline");

    private final Observations observations;
    private final Clock clock;

    InstanceStatusActions(Observations observations, Clock clock) {
        this.observations = observations;
        this.clock = clock;
    }

    private record View(InstanceView instance, InstanceHealth health) {}

    DescribeInstanceStatusResponse describeInstanceStatus(Ec2Call call, DescribeInstanceStatusRequest request) {
        Page.refuseWithIds(request.maxResults(), request.instanceIds(), "InstanceId");
        Predicate<View> wanted = FILTERS.compile(request.filters());
        boolean all = Boolean.TRUE.equals(request.includeAllInstances());
        Stream<InstanceView> candidates = InstanceActions.listed(call, request.instanceIds(), clock.instant());
        List<View> sorted = candidates
                .filter(view -> all || view.instanceState() == Ec2InstanceState.RUNNING)
                .sorted(InstanceActions.BY_AGE)
                .map(view -> new View(view, InstanceHealth.of(view, observations)))
                .filter(wanted)
                .toList();
        Page<View> page = Page.of(
                call,
                request,
                request.maxResults(),
                request.nextToken(),
                sorted,
                view -> InstanceActions.place(view.instance));
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(page.items().stream()
                        .map(InstanceStatusActions::described)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> reachability(InstanceHealth.Check check) {
        return check.reachability().stream().toList();
    }

    private static InstanceStatus described(View view) {
        Optional<String> zone = view.instance.zone();
        return InstanceStatus.builder()
                .instanceId(view.instance.id())
                .availabilityZone(zone.orElse(""))
                .events(List.of())
                .instanceState(view.instance.instanceState().described())
                .systemStatus(view.health.system().described())
                .instanceStatus(view.health.instance().described())
                .build();
    }
}
