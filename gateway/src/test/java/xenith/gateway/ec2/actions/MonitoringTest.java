package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesResponse;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class MonitoringTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void instancesAreMonitoredUntilTheyAreNoLonger() {
        List<String> ids = cloud.run(2);

        MonitorInstancesResponse answer = cloud.ask(
                MonitorInstancesResponse.class,
                MonitorInstancesRequest.builder().instanceIds(ids.get(0)).build());
        assertThat(answer.instanceMonitorings()).singleElement().satisfies(monitoring -> {
            assertThat(monitoring.instanceId()).isEqualTo(ids.get(0));
            assertThat(monitoring.monitoring().stateAsString()).isEqualTo("enabled");
        });
        assertThat(inState("enabled")).containsExactly(ids.get(0));
        UnmonitorInstancesResponse back = cloud.ask(
                UnmonitorInstancesResponse.class,
                UnmonitorInstancesRequest.builder().instanceIds(ids).build());
        assertThat(back.instanceMonitorings()).hasSize(2);
        assertThat(inState("disabled")).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void anInstanceMayBeMonitoredFromItsLaunchOn() {
        List<String> ids = cloud.run(cloud.runRequest(1)
                .monitoring(monitoring -> monitoring.enabled(true))
                .build());
        assertThat(inState("enabled")).isEqualTo(ids);
    }

    @Test
    void whatIsNotThereOrOnItsWayOutIsNotMonitored() {
        String id = cloud.run(1).get(0);
        MonitorInstancesRequest monitor =
                MonitorInstancesRequest.builder().instanceIds(id).build();

        assertThat(cloud.code(MonitorInstancesRequest.builder().build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(MonitorInstancesRequest.builder()
                        .instanceIds(id, "i-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(cloud.refusal(cloud.bob, monitor).code()).isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(cloud.dryRun(monitor)).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(inState("enabled")).isEmpty();
        cloud.answer(
                cloud.ann, TerminateInstancesRequest.builder().instanceIds(id).build());
        assertThat(cloud.code(monitor)).isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(cloud.code(
                        UnmonitorInstancesRequest.builder().instanceIds(id).build()))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
    }

    private List<String> inState(String state) {
        return cloud.instances("monitoring-state", state).stream()
                .filter(instance -> instance.monitoring().stateAsString().equals(state))
                .map(Instance::instanceId)
                .toList();
    }
}
