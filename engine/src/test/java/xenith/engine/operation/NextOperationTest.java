package xenith.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xenith.engine.model.HostId;
import xenith.engine.model.Operation;
import xenith.engine.model.OperationId;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VmId;
import xenith.engine.model.Work;

class NextOperationTest {
    private static final Instant NOW = Instant.EPOCH;

    private final LaneLoad load = new LaneLoad();

    @Test
    void oneWorkAndTwoMovesAreUnderWayAtOnce() {
        List<Operation> operations = List.of(
                operation(1, 1, Work.START),
                operation(2, 2, Work.START),
                operation(3, 3, Work.MIGRATE),
                operation(4, 4, Work.LIVE_MIGRATE),
                operation(5, 5, Work.MIGRATE));

        assertThat(begun(operations)).containsExactly(1L, 3L, 4L);
        load.end(operations.get(0));
        load.end(operations.get(3));
        assertThat(begun(operations.subList(1, 5).stream()
                        .filter(operation -> operation.kind() != Work.LIVE_MIGRATE)
                        .toList()))
                .containsExactly(2L, 5L);
    }

    @Test
    void whatFollowsAMoveOfTheSameMachineWaitsForIt() {
        Operation move = operation(1, 1, Work.LIVE_MIGRATE);
        Operation end = operation(2, 1, Work.END);

        assertThat(begun(List.of(move, end))).containsExactly(1L);
        assertThat(begun(List.of(end))).isEmpty();
        load.end(move);
        assertThat(begun(List.of(end))).containsExactly(2L);
    }

    @Test
    void stuckMovesKeepBackMovesAndNothingElse() {
        Stream.of(1, 2, 3, 4).forEach(any -> load.stuck(Work.MIGRATE));

        assertThat(begun(List.of(operation(1, 1, Work.MIGRATE), operation(2, 2, Work.END))))
                .containsExactly(2L);
        load.returned(Work.MIGRATE);
        assertThat(begun(List.of(operation(1, 1, Work.MIGRATE)))).containsExactly(1L);
    }

    @Test
    void stuckWorkKeepsBackNoMove() {
        load.stuck(Work.START);
        load.stuck(Work.START);

        assertThat(begun(List.of(operation(1, 1, Work.END), operation(2, 2, Work.MIGRATE))))
                .containsExactly(2L);
    }

    @Test
    void whatWasBegunAndIsNotInHandIsDoneAgain() {
        Operation begun = operation(1, 1, Work.START).with(OperationStatus.RUNNING, 1, NOW, "");

        assertThat(begun(List.of(begun))).containsExactly(1L);
        assertThat(begun(List.of(begun))).isEmpty();
    }

    /** Begins all that can be begun. */
    private List<Long> begun(List<Operation> operations) {
        return Stream.generate(
                        () -> NextOperation.choose(operations, NOW, NOW, load).due())
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .peek(load::begin)
                .map(operation -> operation.id().value())
                .toList();
    }

    private static Operation operation(long id, long vm, Work kind) {
        return new Operation(
                new OperationId(id),
                new VmId(vm),
                new HostId(1),
                Optional.empty(),
                kind,
                OperationStatus.QUEUED,
                0,
                NOW,
                NOW,
                "");
    }
}
