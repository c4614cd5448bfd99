package xenith.engine.tables;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.engine.model.HostId;
import xenith.engine.model.Leftover;
import xenith.engine.model.VmId;
import xenith.engine.store.Index;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** What machines may have left on hosts that could not be asked to remove it. */
public final class Leftovers {
    public static final Index<VmId, Leftover.Key, Leftover> BY_VM =
            new Index<>("leftover by vm", leftover -> Optional.of(leftover.vm()));

    public static final Table<Leftover.Key, Leftover> TABLE = Table.named("leftovers", Leftover::key)
            .keyNumber("host", leftover -> leftover.host().value())
            .keyNumber("vm", leftover -> leftover.vm().value())
            .text("uuid", leftover -> leftover.uuid().toString())
            .index(BY_VM)
            .readBy(row -> new Leftover(
                    new HostId(row.number("host")), new VmId(row.number("vm")), UUID.fromString(row.text("uuid"))));

    private Leftovers() {}

    public static Stream<Leftover> of(Snapshot state, VmId vm) {
        return state.by(BY_VM, TABLE, vm);
    }
}
