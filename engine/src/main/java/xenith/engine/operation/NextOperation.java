package xenith.engine.operation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VmId;

/**
 * Which of a host's operations is to be done next: the oldest whose time has come. One that waits, for its guest or
 * for its next attempt, keeps back those of the same machine and no others; one for which there is no place now, too. One that is
 * said to be running and is not in hand was begun, and nobody was told so.
 *
 * @param due what can be done now
 * @param wakeAt when to choose again though nothing has changed; empty when only a change can bring something
 */
record NextOperation(Optional<Operation> due, Optional<Instant> wakeAt) {
    /**
     * Chooses.
     *
     * @param operations the host's, in the order of their numbers
     * @param looksFrom when guests that were asked to shut down may be looked at
     * @param load what is under way, whose end is an occasion to choose again
     */
    static NextOperation choose(List<Operation> operations, Instant now, Instant looksFrom, LaneLoad load) {
        Set<VmId> kept = new HashSet<>(load.inHand());
        Optional<Instant> wakeAt = Optional.empty();
        for (Operation operation : operations) {
            if (!kept.add(operation.vm()) || !load.hasPlaceFor(operation.kind())) {
                continue;
            }
            Instant from = operation.status() == OperationStatus.WAITING ? looksFrom : operation.notBefore();
            if (!from.isAfter(now)) {
                return new NextOperation(Optional.of(operation), Optional.empty());
            }
            wakeAt = wakeAt.filter(earlier -> earlier.isBefore(from)).or(() -> Optional.of(from));
        }
        return new NextOperation(Optional.empty(), wakeAt);
    }
}
