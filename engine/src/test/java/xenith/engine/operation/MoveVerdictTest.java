package xenith.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.engine.operation.MoveVerdict.GIVEN_UP;
import static xenith.engine.operation.MoveVerdict.MOVED;
import static xenith.engine.operation.MoveVerdict.SPLIT;
import static xenith.engine.operation.MoveVerdict.STAYED;
import static xenith.engine.operation.MoveVerdict.Seen.ABSENT;
import static xenith.engine.operation.MoveVerdict.Seen.EXECUTING;
import static xenith.engine.operation.MoveVerdict.Seen.STILL;

import org.junit.jupiter.api.Test;
import xenith.engine.operation.MoveVerdict.Seen;

class MoveVerdictTest {
    @Test
    void aMachineThatExecutesAtTheTargetAloneHasMoved() {
        assertThat(MoveVerdict.of(ABSENT, EXECUTING)).isEqualTo(MOVED);
        assertThat(MoveVerdict.of(STILL, EXECUTING)).isEqualTo(MOVED);
    }

    @Test
    void withoutACopyAtTheTargetItHasStayed() {
        for (Seen source : Seen.values()) {
            assertThat(MoveVerdict.of(source, ABSENT)).isEqualTo(STAYED);
        }
    }

    @Test
    void aCopyThatDoesNotExecuteIsNothingWithoutItsSource() {
        assertThat(MoveVerdict.of(ABSENT, STILL)).isEqualTo(STAYED);
    }

    @Test
    void aCopyThatNeverBecameWholeIsGivenUp() {
        assertThat(MoveVerdict.of(EXECUTING, STILL)).isEqualTo(GIVEN_UP);
        assertThat(MoveVerdict.of(STILL, STILL)).isEqualTo(GIVEN_UP);
    }

    @Test
    void noneOfTwoThatExecuteIsChosen() {
        assertThat(MoveVerdict.of(EXECUTING, EXECUTING)).isEqualTo(SPLIT);
    }
}
