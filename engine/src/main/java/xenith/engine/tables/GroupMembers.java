package xenith.engine.tables;

import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.GroupMember;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** Which machines are in which placement groups; a machine is in one at most. */
public final class GroupMembers {
    public static final Index<PlacementGroupId, VmId, GroupMember> BY_GROUP =
            new Index<>("group member by group", member -> Optional.of(member.group()));

    public static final Table<VmId, GroupMember> TABLE = Table.named("placement_members", GroupMember::vm)
            .keyNumber("vm", member -> member.vm().value())
            .number("placement_group", member -> member.group().value())
            .index(BY_GROUP)
            .readBy(row ->
                    new GroupMember(new VmId(row.number("vm")), new PlacementGroupId(row.number("placement_group"))));

    private GroupMembers() {}

    public static Optional<PlacementGroup> groupOf(Snapshot state, VmId vm) {
        return state.find(TABLE, vm).flatMap(member -> state.find(PlacementGroups.TABLE, member.group()));
    }

    /** The group's machines that have not ended, in no order. */
    public static Stream<VirtualMachine> alive(Snapshot state, PlacementGroupId group) {
        return state.by(BY_GROUP, TABLE, group)
                .flatMap(member -> state.find(Vms.TABLE, member.vm()).stream())
                .filter(vm -> !vm.ended());
    }
}
