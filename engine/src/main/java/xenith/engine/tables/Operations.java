package xenith.engine.tables;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationId;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VmId;
import xenith.engine.model.Work;
import xenith.engine.store.Index;
import xenith.engine.store.Row;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;

/** Operations that are not done: the journal of driver work. */
public final class Operations {
    public static final Index<HostId, OperationId, Operation> BY_HOST =
            new Index<>("operation by host", operation -> Optional.of(operation.host()));
    public static final Index<VmId, OperationId, Operation> BY_VM =
            new Index<>("operation by vm", operation -> Optional.of(operation.vm()));

    public static final Table<OperationId, Operation> TABLE = Table.named("operations", Operation::id)
            .keyNumber("id", operation -> operation.id().value())
            .number("vm", operation -> operation.vm().value())
            .number("host", operation -> operation.host().value())
            .optionalNumber("target", operation -> operation.target().map(HostId::value))
            .text("kind", operation -> operation.kind().name())
            .text("status", operation -> operation.status().name())
            .number("attempt", operation -> (long) operation.attempt())
            .time("created_millis", Operation::createdAt)
            .time("not_before_millis", Operation::notBefore)
            .text("last_error", Operation::lastError)
            .index(BY_HOST)
            .index(BY_VM)
            .readBy(Operations::read);

    private Operations() {}

    /** A host's operations in the order in which they are done. */
    public static Stream<Operation> onHost(Snapshot state, HostId host) {
        return state.by(BY_HOST, TABLE, host).sorted(Comparator.comparing(Operation::id));
    }

    private static Operation read(Row row) {
        return new Operation(
                new OperationId(row.number("id")),
                new VmId(row.number("vm")),
                new HostId(row.number("host")),
                row.optionalNumber("target").map(HostId::new),
                Work.valueOf(row.text("kind")),
                OperationStatus.valueOf(row.text("status")),
                (int) row.number("attempt"),
                row.time("created_millis"),
                row.time("not_before_millis"),
                row.text("last_error"));
    }
}
