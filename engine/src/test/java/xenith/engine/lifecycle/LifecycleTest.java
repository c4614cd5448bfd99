package xenith.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;

class LifecycleTest {
    @Test
    void everyWorkInHandCanBeDoneAndCanFailUnlessItMustBeDoneInTheEnd() {
        for (Transition row : Lifecycle.table()) {
            if (row.nextWork() == Work.NONE) {
                continue;
            }
            assertThat(Lifecycle.find(row.nextState(), row.nextWork(), VmEvent.DONE))
                    .as("%s", row)
                    .isPresent();
            assertThat(Lifecycle.find(row.nextState(), row.nextWork(), VmEvent.FAILED)
                            .isPresent())
                    .as("%s", row)
                    .isEqualTo(row.nextWork() != Work.END && row.nextWork() != Work.DROP_MEMORY);
        }
    }

    @Test
    void endIsPossibleFromEverySituationButTheEndItself() {
        for (Transition row : Lifecycle.table()) {
            boolean ending = row.nextWork() == Work.END || row.nextState() == VmState.ENDED;
            assertThat(Lifecycle.find(row.nextState(), row.nextWork(), VmEvent.END)
                            .isPresent())
                    .as("%s", row)
                    .isNotEqualTo(ending);
        }
    }

    @Test
    void everyStateCanBeReachedAndEveryStateCanEnd() {
        Set<VmState> reached = EnumSet.of(VmState.PENDING);
        Deque<VmState> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            VmState state = next.poll();
            Lifecycle.table().stream()
                    .filter(row -> row.state() == state && reached.add(row.nextState()))
                    .forEach(row -> next.add(row.nextState()));
        }
        assertThat(reached).containsExactlyInAnyOrder(VmState.values());
    }

    @Test
    void nothingHappensToAMachineThatHasEnded() {
        assertThat(Arrays.stream(VmEvent.values()).filter(event -> Lifecycle.find(VmState.ENDED, Work.NONE, event)
                        .isPresent()))
                .isEmpty();
    }

    @Test
    void everyEventAndEveryWorkIsSomewhereInTheTable() {
        assertThat(Lifecycle.table().stream().map(Transition::event)).contains(VmEvent.values());
        assertThat(Lifecycle.table().stream().map(Transition::nextWork)).contains(Work.values());
    }
}
