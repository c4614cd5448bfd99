package xenith.engine.service;

import xenith.engine.model.Caller;
import xenith.engine.model.GroupMember;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.store.Transaction;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.PlacementGroups;

/** Placement groups, as callers make them. Machines are put into them when they are launched. */
public final class PlacementGroupRegistry {
    /** Of one account: EC2's own limit. */
    public static final int MAX_GROUPS = 500;

    /** @throws EngineException {@code NAME_TAKEN}, {@code LIMIT_EXCEEDED} */
    public PlacementGroup create(Transaction tx, Caller caller, String name, PlacementGroup.Strategy strategy) {
        if (tx.state().count(PlacementGroups.BY_NAME, new PlacementGroups.Name(caller.account(), name)) > 0) {
            throw new EngineException(
                    ErrorCode.NAME_TAKEN,
                    "account " + caller.account() + " has a placement group named '" + name + "'");
        }
        if (tx.state().count(PlacementGroups.BY_ACCOUNT, caller.account()) >= MAX_GROUPS) {
            throw new EngineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "account " + caller.account() + " has " + MAX_GROUPS + " placement groups already");
        }
        PlacementGroup group = new PlacementGroup(
                new PlacementGroupId(tx.next("placement-group")), caller.account(), name, strategy, tx.now());
        tx.put(PlacementGroups.TABLE, group);
        return group;
    }

    /** @throws EngineException {@code GROUP_NOT_FOUND}; {@code GROUP_IN_USE} while machines of it have not ended */
    public PlacementGroup delete(Transaction tx, Caller caller, PlacementGroupId id) {
        PlacementGroup group = tx.find(PlacementGroups.TABLE, id)
                .filter(found -> caller.mayUse(found.account()))
                .orElseThrow(() -> new EngineException(ErrorCode.GROUP_NOT_FOUND, "there is no placement group " + id));
        long alive = GroupMembers.alive(tx.state(), id).count();
        if (alive > 0) {
            throw new EngineException(
                    ErrorCode.GROUP_IN_USE, "placement group " + group.name() + " has " + alive + " machines");
        }
        tx.state()
                .by(GroupMembers.BY_GROUP, GroupMembers.TABLE, id)
                .map(GroupMember::vm)
                .toList()
                .forEach(vm -> tx.remove(GroupMembers.TABLE, vm));
        tx.remove(PlacementGroups.TABLE, id);
        return group;
    }
}
