package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import xenith.engine.model.Capacity;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.PlacementGroupIds;

class PlacementGroupActionsTest {
    private static final Tag TAG = Tag.builder().key("role").value("web").build();

    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void aGroupIsMadeDescribedAndDeleted() {
        PlacementGroup made = create("web", "spread");
        assertThat(made.groupId()).matches("pg-[0-9a-f]{8}");
        assertThat(made.groupArn()).isEqualTo("arn:aws:ec2:xenith-1:" + cloud.ann.account() + ":placement-group/web");
        assertThat(described(DescribePlacementGroupsRequest.builder())).containsExactly(made);

        cloud.answer(
                cloud.ann,
                DeletePlacementGroupRequest.builder().groupName("web").build());
        assertThat(described(DescribePlacementGroupsRequest.builder())).isEmpty();
        assertThat(cloud.store.state().all(PlacementGroupIds.TABLE)).isEmpty();
    }

    @Test
    void aSpreadTakesOneInstanceOfEachHost() {
        cloud.addHost("two", "zone-a", new Capacity(3200, 16_384, 1_000_000));
        create("web", "spread");

        List<String> ids = cloud.run(into("web").minCount(1).maxCount(10).build());
        assertThat(ids).hasSize(2);
        assertThat(cloud.code(into("web").build())).isEqualTo(Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
        assertThat(cloud.instances("placement-group-name", "web")).hasSize(2).allSatisfy(instance -> assertThat(
                        instance.placement().groupName())
                .isEqualTo("web"));
    }

    @Test
    void aClusterIsLaunchedByItsGroupsId() {
        String id = create("hpc", "cluster").groupId();
        cloud.run(cloud.runRequest(2)
                .placement(placement -> placement.groupId(id))
                .build());
        assertThat(cloud.instances("placement-group-name", "hpc")).hasSize(2).allSatisfy(instance -> assertThat(
                        instance.placement().groupId())
                .isEqualTo(id));
    }

    @Test
    void aGroupWithInstancesStaysUntilTheyAreTerminated() {
        create("web", "spread");
        String id = cloud.run(into("web").build()).get(0);
        DeletePlacementGroupRequest delete =
                DeletePlacementGroupRequest.builder().groupName("web").build();
        assertThat(cloud.code(delete)).isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_IN_USE);
        cloud.answer(
                cloud.ann, TerminateInstancesRequest.builder().instanceIds(id).build());
        cloud.answer(cloud.ann, delete);
    }

    @Test
    void aGroupHasTags() {
        CreatePlacementGroupResponse answer = cloud.ask(
                CreatePlacementGroupResponse.class,
                CreatePlacementGroupRequest.builder()
                        .groupName("web")
                        .strategy("cluster")
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType("placement-group")
                                .tags(TAG)
                                .build())
                        .build());
        assertThat(answer.placementGroup().tags()).containsExactly(TAG);
        cloud.answer(
                cloud.ann,
                CreateTagsRequest.builder()
                        .resources(answer.placementGroup().groupId())
                        .tags(Tag.builder().key("more").value("").build())
                        .build());
        assertThat(described(DescribePlacementGroupsRequest.builder()).get(0).tags())
                .hasSize(2);
        assertThat(cloud.code(CreateTagsRequest.builder()
                        .resources("pg-00000000")
                        .tags(TAG)
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "group-name,w?b",
        "group-id,pg-*",
        "group-arn,*placement-group/web",
        "state,available",
        "strategy,spread",
        "spread-level,host",
        "tag:role,web",
        "tag-key,role"
    })
    void eachFilterFindsWhatItNames(String name, String value) {
        create("web", "spread");
        cloud.answer(
                cloud.ann,
                CreateTagsRequest.builder()
                        .resources(described(DescribePlacementGroupsRequest.builder())
                                .get(0)
                                .groupId())
                        .tags(TAG)
                        .build());
        Filter filter = Filter.builder().name(name).values(value).build();
        assertThat(described(DescribePlacementGroupsRequest.builder().filters(filter)))
                .hasSize(1);
        assertThat(described(DescribePlacementGroupsRequest.builder()
                        .filters(filter.toBuilder().values("other").build())))
                .isEmpty();
    }

    @Test
    void whatIsWrongIsRefused() {
        create("web", "spread");
        assertThat(cloud.code(creation("web", "cluster"))).isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_DUPLICATE);
        assertThat(cloud.code(creation("parts", "partition"))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(cloud.code(creation("odd", "scatter"))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(creation(null, "cluster"))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(creation("x".repeat(256), "cluster"))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(creation("\u00fc", "cluster"))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(creation("near", "cluster").toBuilder()
                        .spreadLevel("host")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(creation("racks", "spread").toBuilder()
                        .spreadLevel("rack")
                        .build()))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(cloud.code(DeletePlacementGroupRequest.builder().build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(
                        DeletePlacementGroupRequest.builder().groupName("gone").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
        assertThat(cloud.code(DescribePlacementGroupsRequest.builder()
                        .groupNames("gone")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
        assertThat(cloud.code(DescribePlacementGroupsRequest.builder()
                        .groupIds("pg-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
        assertThat(cloud.code(into("gone").build())).isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
        assertThat(cloud.code(cloud.runRequest(1)
                        .placement(placement -> placement.groupName("web").groupId("pg-00000000"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.dryRun(creation("dry", "spread"))).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(described(DescribePlacementGroupsRequest.builder())).hasSize(1);
    }

    @Test
    void anotherAccountsGroupIsUnknown() {
        create("web", "spread");
        DeletePlacementGroupRequest delete =
                DeletePlacementGroupRequest.builder().groupName("web").build();
        assertThat(cloud.refusal(cloud.bob, delete).code()).isEqualTo(Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN);
        cloud.answer(cloud.bob, creation("web", "cluster"));
        assertThat(described(DescribePlacementGroupsRequest.builder()))
                .singleElement()
                .satisfies(group -> assertThat(group.strategyAsString()).isEqualTo("spread"));
    }

    private RunInstancesRequest.Builder into(String group) {
        return cloud.runRequest(1).placement(placement -> placement.groupName(group));
    }

    private static CreatePlacementGroupRequest creation(String name, String strategy) {
        return CreatePlacementGroupRequest.builder()
                .groupName(name)
                .strategy(strategy)
                .build();
    }

    private PlacementGroup create(String name, String strategy) {
        return cloud.ask(CreatePlacementGroupResponse.class, creation(name, strategy))
                .placementGroup();
    }

    private List<PlacementGroup> described(DescribePlacementGroupsRequest.Builder request) {
        return cloud.ask(DescribePlacementGroupsResponse.class, request.build()).placementGroups();
    }
}
