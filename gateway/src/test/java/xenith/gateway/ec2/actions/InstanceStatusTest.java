package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import xenith.engine.tables.Hosts;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class InstanceStatusTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void onlyRunningInstancesAreDescribedUnlessAllAreAskedFor() {
        List<String> ids = cloud.run(2);
        cloud.begin(ids.get(0));

        assertThat(described(DescribeInstanceStatusRequest.builder()))
                .extracting(InstanceStatus::instanceId)
                .containsExactly(ids.get(0));
        List<InstanceStatus> all =
                described(DescribeInstanceStatusRequest.builder().includeAllInstances(true));
        assertThat(all).extracting(InstanceStatus::instanceId).containsExactlyElementsOf(ids);
        assertThat(all.get(1).instanceState().nameAsString()).isEqualTo("pending");
        assertThat(all.get(1).systemStatus().statusAsString()).isEqualTo("not-applicable");
        assertThat(all.get(1).instanceStatus().details()).isEmpty();
    }

    @Test
    void anInstanceThatRunsOnAHostThatAnswersIsWell() {
        InstanceStatus status = running();

        assertThat(status.availabilityZone()).isEqualTo("zone-a");
        assertThat(status.hasEvents()).isTrue();
        assertThat(status.events()).isEmpty();
        assertThat(said(status.systemStatus())).isEqualTo("ok passed");
        assertThat(said(status.instanceStatus())).isEqualTo("ok passed");
    }

    @Test
    void aFirstBootThatIsStillWatchedIsInitializing() {
        String id = running().instanceId();
        cloud.booting.add(cloud.vm(id).id());

        InstanceStatus status = described(
                        DescribeInstanceStatusRequest.builder().instanceIds(id))
                .get(0);
        assertThat(said(status.systemStatus())).isEqualTo("ok passed");
        assertThat(said(status.instanceStatus())).isEqualTo("initializing initializing");
    }

    @Test
    void aHostThatDoesNotAnswerIsImpairedAndItsGuestUnknown() {
        running();
        cloud.store.write(tx -> {
            tx.state().all(Hosts.TABLE).stream()
                    .toList()
                    .forEach(host -> tx.put(Hosts.TABLE, host.silenced("does not answer")));
            return null;
        });

        InstanceStatus status =
                described(DescribeInstanceStatusRequest.builder()).get(0);
        assertThat(said(status.systemStatus())).isEqualTo("impaired failed");
        assertThat(said(status.instanceStatus())).isEqualTo("insufficient-data insufficient-data");
    }

    @Test
    void ofAHostThatHasNotAnsweredYetNothingIsKnown() {
        running();
        cloud.answering.clear();

        InstanceStatus status =
                described(DescribeInstanceStatusRequest.builder()).get(0);
        assertThat(said(status.systemStatus())).isEqualTo("insufficient-data insufficient-data");
    }

    @ParameterizedTest
    @CsvSource({
        "availability-zone,zone-a",
        "availability-zone-id,zone-*",
        "instance-state-code,16",
        "instance-state-name,running",
        "instance-status.status,ok",
        "instance-status.reachability,passed",
        "system-status.status,ok",
        "system-status.reachability,passed",
        "operator.managed,false"
    })
    void eachFilterFindsWhatItNames(String name, String value) {
        running();

        assertThat(described(DescribeInstanceStatusRequest.builder().filters(filter(name, value))))
                .hasSize(1);
        assertThat(described(DescribeInstanceStatusRequest.builder().filters(filter(name, "other"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.code",
                "event.description",
                "event.instance-event-id",
                "event.not-after",
                "event.not-before",
                "event.not-before-deadline",
                "operator.principal"
            })
    void filtersOnEventsFindNothingSinceThereAreNone(String name) {
        running();
        assertThat(described(DescribeInstanceStatusRequest.builder().filters(filter(name, "*"))))
                .isEmpty();
    }

    @Test
    void longAnswersComeInPagesAndATokenIsOfItsOwnQuery() {
        List<String> ids = cloud.run(6);
        ids.forEach(cloud::begin);
        DescribeInstanceStatusRequest five =
                DescribeInstanceStatusRequest.builder().maxResults(5).build();
        DescribeInstanceStatusResponse first = cloud.ask(DescribeInstanceStatusResponse.class, five);

        DescribeInstanceStatusResponse second = cloud.ask(
                DescribeInstanceStatusResponse.class,
                five.toBuilder().nextToken(first.nextToken()).build());

        assertThat(first.instanceStatuses()).hasSize(5);
        assertThat(second.instanceStatuses())
                .extracting(InstanceStatus::instanceId)
                .containsExactly(ids.get(5));
        assertThat(second.nextToken()).isNull();
        assertThat(cloud.code(five.toBuilder()
                        .includeAllInstances(true)
                        .nextToken(first.nextToken())
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
    }

    @Test
    void whatIsWrongIsRefused() {
        String id = running().instanceId();
        assertThat(cloud.code(DescribeInstanceStatusRequest.builder()
                        .instanceIds(id)
                        .maxResults(5)
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(
                        DescribeInstanceStatusRequest.builder().maxResults(4).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeInstanceStatusRequest.builder()
                        .instanceIds("i-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(cloud.code(DescribeInstanceStatusRequest.builder()
                        .filters(filter("image-id", "x"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.refusal(
                                cloud.bob,
                                DescribeInstanceStatusRequest.builder()
                                        .instanceIds(id)
                                        .build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }

    private InstanceStatus running() {
        cloud.begin(cloud.run(1).get(0));
        return described(DescribeInstanceStatusRequest.builder()).get(0);
    }

    private List<InstanceStatus> described(DescribeInstanceStatusRequest.Builder request) {
        return cloud.ask(DescribeInstanceStatusResponse.class, request.build()).instanceStatuses();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static String said(InstanceStatusSummary summary) {
        return summary.statusAsString() + " " + summary.details().get(0).statusAsString();
    }
}
