package xenith.engine.operation;

import java.util.Optional;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;

/**
 * What to conclude of a migration whose outcome nobody knows and that cannot be repeated, from what both its hosts show. A copy at the target
 * executes only once the move is complete, and then the one at the source never does again.
 */
enum MoveVerdict {
    /** The machine is at the target; what is left at the source goes. */
    MOVED,
    /** The machine is at the source, where it goes on; what is left at the target goes. */
    STAYED,
    /** It never came to an end: the copy at the target goes, and the machine goes on at the source. */
    GIVEN_UP,
    /** It executes on both: an operator must say which is the right one. */
    SPLIT;

    /** What a host shows of the machine. */
    enum Seen {
        ABSENT,
        EXECUTING,
        /** There, and not executing: before a move's end, or broken. */
        STILL;

        static Seen of(Optional<DomainReport> domain) {
            if (domain.isEmpty()) {
                return ABSENT;
            }
            DomainState state = domain.get().state();
            return state == DomainState.PAUSED || state == DomainState.CRASHED ? STILL : EXECUTING;
        }
    }

    static MoveVerdict of(Seen source, Seen target) {
        return switch (source) {
            // Without its source an unfinished copy never becomes whole.
            case ABSENT -> target == Seen.EXECUTING ? MOVED : STAYED;
            case EXECUTING ->
                switch (target) {
                    case ABSENT -> STAYED;
                    case EXECUTING -> SPLIT;
                    case STILL -> GIVEN_UP;
                };
            case STILL ->
                switch (target) {
                    case ABSENT -> STAYED;
                    case EXECUTING -> MOVED;
                    case STILL -> GIVEN_UP;
                };
        };
    }
}
