package xenith.engine.tables;

import java.util.List;
import xenith.engine.store.Table;

/** What the engine gives to the store that is opened for it. */
public final class EngineTables {
    public static final String MIGRATIONS = "classpath:xenith/engine/migrations";

    private EngineTables() {}

    public static List<Table<?, ?>> all() {
        return List.of(
                Cloud.TABLE,
                Accounts.TABLE,
                Users.TABLE,
                Hosts.TABLE,
                Images.TABLE,
                ImageShares.TABLE,
                Networks.TABLE,
                Leases.TABLE,
                Vms.TABLE,
                EndProtections.TABLE,
                PlacementGroups.TABLE,
                GroupMembers.TABLE,
                Operations.TABLE,
                Leftovers.TABLE,
                Gateways.TABLE,
                HostOwners.TABLE);
    }
}
