package xenith.engine.ownership;

import java.util.List;
import java.util.stream.Stream;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Operations;

/** What was in a driver's hands when its gateway ended: nobody knows what came of it. */
final class CutOff {
    private CutOff() {}

    static void apply(Transaction tx, Stream<Operation> operations, String why) {
        List<Operation> running = operations
                .filter(operation -> operation.status() == OperationStatus.RUNNING)
                .toList();
        running.forEach(operation ->
                tx.put(Operations.TABLE, operation.with(OperationStatus.UNKNOWN, 0, tx.now(), "cut off by " + why)));
    }
}
