package xenith.gateway.ec2.actions;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsResponse;
import software.amazon.awssdk.services.ec2.model.PlacementGroupState;
import software.amazon.awssdk.services.ec2.model.SpreadLevel;
import software.amazon.awssdk.services.ec2.model.Tag;
import xenith.engine.model.AccountId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.service.PlacementGroupRegistry;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.PlacementGroups;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.PlacementGroupEntry;
import xenith.gateway.ec2.tables.PlacementGroupIds;
import xenith.gateway.ec2.tables.Tags;

/** Placement groups: {@code spread} keeps instances on hosts of their own, {@code cluster} together. */
final class PlacementGroupActions {
    private static final int MAX_NAME_CHARS = 255;

    private final PlacementGroupRegistry registry = new PlacementGroupRegistry();
    private final Ec2Ids ids;
    private final String region;
    private final Filters<PlacementGroupView> filters;

    PlacementGroupActions(Ec2Ids ids, String region) {
        this.ids = ids;
        this.region = region;
        this.filters = new Filters<PlacementGroupView>()
                .one("group-name", view -> view.group().name())
                .one("group-id", PlacementGroupView::id)
                .one("group-arn", view -> view.arn(region))
                .one("state", view -> PlacementGroupState.AVAILABLE.toString())
                .one(
                        "strategy",
                        view -> PlacementGroupView.wireName(view.group().strategy()))
                .many("spread-level", view -> spreadLevel(view.group()))
                .tags(PlacementGroupView::tags);
    }

    CreatePlacementGroupResponse createPlacementGroup(Ec2Call call, CreatePlacementGroupRequest request) {
        String name = checkedName(request.groupName());
        PlacementGroup.Strategy strategy = strategy(request);
        List<Tag> tags = TagRules.forNew("placement-group", request.tagSpecifications());
        AccountId account = call.caller().account();
        PlacementGroupView made = call.write(tx -> {
            requireFree(tx.state(), account, name);
            PlacementGroup group = registry.create(tx, call.caller(), name, strategy);
            String id = ids.mint(PlacementGroupIds.PREFIX, taken -> tx.find(PlacementGroupIds.TABLE, taken)
                    .isPresent());
            tx.put(PlacementGroupIds.TABLE, new PlacementGroupEntry(id, group.id()));
            TagRules.write(tx, account, id, tags);
            return new PlacementGroupView(tx.state(), group, id);
        });
        return CreatePlacementGroupResponse.builder()
                .placementGroup(described(made))
                .build();
    }

    DeletePlacementGroupResponse deletePlacementGroup(Ec2Call call, DeletePlacementGroupRequest request) {
        if (request.groupName() == null) {
            throw Refusals.missing("GroupName");
        }
        AccountId account = call.caller().account();
        call.write(tx -> {
            PlacementGroupView view = PlacementGroupView.named(tx.state(), account, request.groupName())
                    .or(() -> PlacementGroupView.withId(tx.state(), account, request.groupName()))
                    .orElseThrow(() -> PlacementGroupView.unknown(request.groupName()));
            if (GroupMembers.alive(tx.state(), view.group().id()).findAny().isPresent()) {
                throw new Ec2Error(
                        Ec2ErrorCode.INVALID_PLACEMENT_GROUP_IN_USE,
                        "The placement group '%s' is in use and may not be deleted"
                                .formatted(view.group().name()));
            }
            tx.remove(PlacementGroupIds.TABLE, view.id());
            Tags.removeAll(tx, view.id());
            return registry.delete(tx, call.caller(), view.group().id());
        });
        return DeletePlacementGroupResponse.builder().build();
    }

    DescribePlacementGroupsResponse describePlacementGroups(Ec2Call call, DescribePlacementGroupsRequest request) {
        Predicate<PlacementGroupView> wanted = filters.compile(request.filters());
        Snapshot state = call.state();
        AccountId account = call.caller().account();
        request.groupNames().forEach(name -> PlacementGroupView.requireNamed(state, account, name));
        request.groupIds().forEach(id -> PlacementGroupView.requireWithId(state, account, id));
        return DescribePlacementGroupsResponse.builder()
                .placementGroups(PlacementGroupView.all(state, account)
                        .filter(view ->
                                Listed.wants(request.groupNames(), view.group().name()))
                        .filter(view -> Listed.wants(request.groupIds(), view.id()))
                        .filter(wanted)
                        .sorted(Comparator.comparing(view -> view.group().name()))
                        .map(this::described)
                        .toList())
                .build();
    }

    private software.amazon.awssdk.services.ec2.model.PlacementGroup described(PlacementGroupView view) {
        return software.amazon.awssdk.services.ec2.model.PlacementGroup.builder()
                .groupName(view.group().name())
                .groupId(view.id())
                .groupArn(view.arn(region))
                .state(PlacementGroupState.AVAILABLE)
                .strategy(PlacementGroupView.wireName(view.group().strategy()))
                .spreadLevel(spreadLevel(view.group()).stream().findFirst().orElse(null))
                .tags(TagRules.described(view.tags()))
                .build();
    }

    /** Hosts are kept apart; of racks nothing is known. */
    private static List<String> spreadLevel(PlacementGroup group) {
        return switch (group.strategy()) {
            case SPREAD -> List.of(SpreadLevel.HOST.toString());
            case CLUSTER -> List.of();
        };
    }

    private static PlacementGroup.Strategy strategy(CreatePlacementGroupRequest request) {
        String asked = request.strategyAsString() == null ? "cluster" : request.strategyAsString();
        if (asked.equals("partition")) {
            throw Refusals.unsupported("Placement groups are spread or cluster; partitions are not supported");
        }
        PlacementGroup.Strategy strategy = PlacementGroupView.strategy(asked)
                .orElseThrow(() -> Refusals.invalidValue("Strategy", asked, "Expecting cluster or spread"));
        if (request.spreadLevelAsString() != null && strategy != PlacementGroup.Strategy.SPREAD) {
            throw Refusals.combination("The parameter SpreadLevel needs the strategy spread");
        }
        return strategy;
    }

    private static String checkedName(String name) {
        if (name == null || name.isBlank()) {
            throw Refusals.missing("GroupName");
        }
        boolean printable = name.chars().allMatch(character -> character >= 0x20 && character < 0x7f);
        if (!printable || name.length() > MAX_NAME_CHARS) {
            throw Refusals.invalidValue("GroupName", name, "Expecting up to " + MAX_NAME_CHARS + " ASCII characters");
        }
        return name;
    }

    private static void requireFree(Snapshot state, AccountId account, String name) {
        if (PlacementGroupView.named(state, account, name).isPresent()) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_PLACEMENT_GROUP_DUPLICATE,
                    "The placement group '%s' already exists".formatted(Refusals.shown(name)));
        }
        if (state.count(PlacementGroups.BY_ACCOUNT, account) >= PlacementGroupRegistry.MAX_GROUPS) {
            throw new Ec2Error(
                    Ec2ErrorCode.RESOURCE_LIMIT_EXCEEDED,
                    "The account has %d placement groups, and may have no more"
                            .formatted(PlacementGroupRegistry.MAX_GROUPS));
        }
    }
}
