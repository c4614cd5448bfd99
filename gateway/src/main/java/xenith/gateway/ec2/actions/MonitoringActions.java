package xenith.gateway.ec2.actions;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceMonitoring;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Monitoring;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesResponse;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;

/** Whether what instances use is sampled: all that are named, or none. */
final class MonitoringActions {
    MonitorInstancesResponse monitorInstances(Ec2Call call, MonitorInstancesRequest request) {
        return MonitorInstancesResponse.builder()
                .instanceMonitorings(change(call, request.instanceIds(), true))
                .build();
    }

    UnmonitorInstancesResponse unmonitorInstances(Ec2Call call, UnmonitorInstancesRequest request) {
        return UnmonitorInstancesResponse.builder()
                .instanceMonitorings(change(call, request.instanceIds(), false))
                .build();
    }

    static Monitoring described(InstanceEntry entry) {
        return Monitoring.builder().state(stateName(entry)).build();
    }

    static String stateName(InstanceEntry entry) {
        return entry.monitored() ? "enabled" : "disabled";
    }

    private static List<InstanceMonitoring> change(Ec2Call call, List<String> ids, boolean monitored) {
        if (ids.isEmpty()) {
            throw Refusals.missing("InstanceId");
        }
        return call.write(tx -> {
            List<InstanceMonitoring> changed = new ArrayList<>();
            for (InstanceView view :
                    InstanceActions.requireAll(tx.state(), call.caller().account(), ids, tx.now())) {
                requireAlive(view);
                InstanceEntry after = view.entry().monitored(monitored);
                tx.put(Instances.TABLE, after);
                changed.add(InstanceMonitoring.builder()
                        .instanceId(view.id())
                        .monitoring(described(after))
                        .build());
            }
            return changed;
        });
    }

    private static void requireAlive(InstanceView view) {
        switch (view.instanceState()) {
            case PENDING, RUNNING, STOPPING, STOPPED -> {}
            case SHUTTING_DOWN, TERMINATED ->
                throw new Ec2Error(
                        Ec2ErrorCode.INCORRECT_INSTANCE_STATE,
                        "The instance '%s' is %s and cannot be monitored"
                                .formatted(view.id(), view.instanceState().wireName()));
        }
    }
}
