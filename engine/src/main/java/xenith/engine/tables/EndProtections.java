package xenith.engine.tables;

import xenith.engine.model.EndProtection;
import xenith.engine.model.VmId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** Machines that no request ends. */
public final class EndProtections {
    public static final Table<VmId, EndProtection> TABLE = Table.named("end_protections", EndProtection::vm)
            .keyNumber("vm", protection -> protection.vm().value())
            .readBy(row -> new EndProtection(new VmId(row.number("vm"))));

    private EndProtections() {}

    public static boolean hold(Snapshot state, VmId vm) {
        return state.find(TABLE, vm).isPresent();
    }
}
