package xenith.gateway.ec2.tables;

import java.util.List;
import xenith.engine.store.Table;

/** What EC2 gives to the store that is opened for it. */
public final class Ec2Tables {
    public static final String MIGRATIONS = "classpath:xenith/gateway/ec2/migrations";

    private Ec2Tables() {}

    public static List<Table<?, ?>> all() {
        return List.of(
                Instances.TABLE,
                ImageIds.TABLE,
                ClientTokens.TABLE,
                KeyPairs.TABLE,
                Tags.TABLE,
                IdFormats.TABLE,
                PlacementGroupIds.TABLE);
    }
}
