package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.store.Index;
import xenith.engine.store.Row;
import xenith.engine.store.Table;

/** Hosts. */
public final class Hosts {
    public static final Index<String, HostId, Host> BY_NAME =
            new Index<>("host by name", host -> Optional.of(host.name()));

    public static final Table<HostId, Host> TABLE = Table.named("hosts", Host::id)
            .keyNumber("id", host -> host.id().value())
            .text("name", Host::name)
            .text("driver", Host::driver)
            .text("uri", Host::uri)
            .optionalText("migration_address", Host::migrationAddress)
            .text("zone", Host::zone)
            .text("state", host -> host.state().name())
            .optionalText("wish", host -> Optional.of(host.wish().name()))
            .optionalText("wish_reason", host -> Optional.of(host.wishReason()))
            .text("reason", Host::reason)
            .number("cpu", host -> host.capacity().cpu())
            .number("memory_mib", host -> host.capacity().memoryMib())
            .number("disk_mib", host -> host.capacity().diskMib())
            .text("hypervisor", host -> host.facts().hypervisor())
            .text("version", host -> host.facts().version())
            .text("arch", host -> host.facts().arch())
            .optionalText("store", host -> Optional.of(host.facts().store()))
            .number("cores", host -> (long) host.facts().cores())
            .time("created_millis", Host::createdAt)
            .index(BY_NAME)
            .readBy(Hosts::read);

    private Hosts() {}

    private static Host read(Row row) {
        HostState state = HostState.valueOf(row.text("state"));
        return new Host(
                new HostId(row.number("id")),
                row.text("name"),
                row.text("driver"),
                row.text("uri"),
                row.optionalText("migration_address"),
                row.text("zone"),
                state,
                // Rows of the first version have none.
                row.optionalText("wish")
                        .map(HostState::valueOf)
                        .orElse(state == HostState.ERROR ? HostState.ON : state),
                row.optionalText("wish_reason").orElse(state == HostState.ERROR ? "" : row.text("reason")),
                row.text("reason"),
                new Capacity(row.number("cpu"), row.number("memory_mib"), row.number("disk_mib")),
                new HostFacts(
                        row.text("hypervisor"),
                        row.text("version"),
                        row.text("arch"),
                        row.optionalText("store").orElse(""),
                        (int) row.number("cores")),
                row.time("created_millis"));
    }
}
