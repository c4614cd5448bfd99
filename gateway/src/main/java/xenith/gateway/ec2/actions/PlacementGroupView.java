package xenith.gateway.ec2.actions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.AccountId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.PlacementGroups;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.PlacementGroupIds;
import xenith.gateway.ec2.tables.TagEntry;
import xenith.gateway.ec2.tables.Tags;

/** A placement group as its account sees it in one state of the cloud. */
record PlacementGroupView(Snapshot state, PlacementGroup group, String id) {
    /** The account's groups, in no order. */
    static Stream<PlacementGroupView> all(Snapshot state, AccountId account) {
        return state.by(PlacementGroups.BY_ACCOUNT, PlacementGroups.TABLE, account)
                .flatMap(group -> of(state, group).stream());
    }

    static Optional<PlacementGroupView> named(Snapshot state, AccountId account, String name) {
        return state.by(PlacementGroups.BY_NAME, PlacementGroups.TABLE, new PlacementGroups.Name(account, name))
                .findFirst()
                .flatMap(group -> of(state, group));
    }

    static Optional<PlacementGroupView> withId(Snapshot state, AccountId account, String id) {
        return state.find(PlacementGroupIds.TABLE, id)
                .flatMap(entry -> state.find(PlacementGroups.TABLE, entry.group()))
                .filter(group -> group.account().equals(account))
                .map(group -> new PlacementGroupView(state, group, id));
    }

    /** @throws Ec2Error InvalidPlacementGroup.Unknown */
    static PlacementGroupView requireNamed(Snapshot state, AccountId account, String name) {
        return named(state, account, name).orElseThrow(() -> unknown(name));
    }

    /** @throws Ec2Error InvalidPlacementGroup.Unknown */
    static PlacementGroupView requireWithId(Snapshot state, AccountId account, String id) {
        return withId(state, account, id).orElseThrow(() -> unknown(id));
    }

    static Ec2Error unknown(String group) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_PLACEMENT_GROUP_UNKNOWN,
                "The placement group '%s' is unknown".formatted(Refusals.shown(group)));
    }

    /** EC2's name of a strategy. */
    static String wireName(PlacementGroup.Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }

    /** The strategy of EC2's name. */
    static Optional<PlacementGroup.Strategy> strategy(String wireName) {
        return Arrays.stream(PlacementGroup.Strategy.values())
                .filter(strategy -> wireName(strategy).equals(wireName))
                .findFirst();
    }

    String arn(String region) {
        return "arn:aws:ec2:" + region + ":" + group.account() + ":placement-group/" + group.name();
    }

    List<TagEntry> tags() {
        return Tags.of(state, group.account(), id);
    }

    private static Optional<PlacementGroupView> of(Snapshot state, PlacementGroup group) {
        return PlacementGroupIds.idOf(state, group.id()).map(id -> new PlacementGroupView(state, group, id));
    }
}
