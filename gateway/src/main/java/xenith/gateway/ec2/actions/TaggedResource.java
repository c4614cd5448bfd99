package xenith.gateway.ec2.actions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.store.Snapshot;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.KeyPairs;
import xenith.gateway.ec2.tables.PlacementGroupIds;

/** Kinds of resources that tags can be written on, told apart by their ids. */
enum TaggedResource {
    INSTANCE("instance", "i"),
    IMAGE("image", "ami"),
    KERNEL("image", "aki"),
    RAMDISK("image", "ari"),
    KEY_PAIR("key-pair", "key"),
    PLACEMENT_GROUP("placement-group", PlacementGroupIds.PREFIX);

    private final String typeName;
    private final String prefix;

    TaggedResource(String typeName, String prefix) {
        this.typeName = typeName;
        this.prefix = prefix;
    }

    static Optional<TaggedResource> of(String id) {
        return List.of(values()).stream()
                .filter(kind -> Ec2Ids.isWellFormed(kind.prefix, id))
                .findFirst();
    }

    /** EC2's name of the type of a resource that has tags. */
    static String typeOf(String id) {
        return of(id).map(kind -> kind.typeName).orElse("");
    }

    /**
     * Passes an id of something that the account may use.
     *
     * @throws Ec2Error InvalidID when it can be no such id, otherwise the kind's own NotFound
     */
    static void require(Snapshot state, AccountId account, String id, Instant now) {
        TaggedResource kind = of(id).orElseThrow(() ->
                new Ec2Error(Ec2ErrorCode.INVALID_ID, "The ID '%s' is not valid".formatted(Refusals.shown(id))));
        switch (kind) {
            case INSTANCE -> InstanceActions.requireAll(state, account, List.of(id), now);
            case PLACEMENT_GROUP -> PlacementGroupView.requireWithId(state, account, id);
            case IMAGE, KERNEL, RAMDISK -> ImageView.require(state, account, id);
            case KEY_PAIR -> {
                if (state.by(KeyPairs.BY_ID, KeyPairs.TABLE, id)
                        .noneMatch(entry -> entry.account().equals(account))) {
                    throw KeyPairActions.notFound("key pair ID", List.of(id));
                }
            }
        }
    }
}
