package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.model.HostOwner;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** Which gateway acts on which host; empty where there is only one gateway. */
public final class HostOwners {
    public static final Index<String, HostId, HostOwner> BY_GATEWAY =
            new Index<>("host by owner", owner -> Optional.of(owner.gateway()));

    public static final Table<HostId, HostOwner> TABLE = Table.named("host_owners", HostOwner::host)
            .keyNumber("host", owner -> owner.host().value())
            .text("gateway", HostOwner::gateway)
            .number("epoch", HostOwner::epoch)
            .index(BY_GATEWAY)
            .readBy(row -> new HostOwner(new HostId(row.number("host")), row.text("gateway"), row.number("epoch")));

    private HostOwners() {}
}
