package xenith.engine.operation;

import java.util.HashSet;
import java.util.Set;
import xenith.engine.model.Operation;
import xenith.engine.model.VmId;
import xenith.engine.model.Work;

/**
 * What a host's lane has under way: one piece of work, and beside it a few moves, which take long and hang as well when it
 * is the other host that does. Not thread-safe.
 */
final class LaneLoad {
    /** Moves share their hosts' network: more at once make each of them longer. */
    static final int MAX_MOVES = 2;

    /** One for the call that hung, and one that found out that it still does. */
    private static final int MAX_STUCK_CALLS = 2;

    /** Twice as many as go on at once, so that two targets that hang leave a place for others. */
    private static final int MAX_STUCK_MOVES = 4;

    private final Track work = new Track(1, MAX_STUCK_CALLS);
    private final Track moves = new Track(MAX_MOVES, MAX_STUCK_MOVES);
    private final Set<VmId> inHand = new HashSet<>();

    /** Calls of one kind: those that are waited for, and those that have been given up and have not returned. */
    private static final class Track {
        private final int places;
        private final int maxStuck;
        private int underWay;
        private int stuck;

        Track(int places, int maxStuck) {
            this.places = places;
            this.maxStuck = maxStuck;
        }

        boolean isFree() {
            return underWay < places && stuck < maxStuck;
        }
    }

    /** Machines whose operations have begun and are not settled, whatever the database says of them by now. */
    Set<VmId> inHand() {
        return Set.copyOf(inHand);
    }

    boolean hasPlaceFor(Work kind) {
        return track(kind).isFree();
    }

    void begin(Operation operation) {
        track(operation.kind()).underWay++;
        inHand.add(operation.vm());
    }

    void end(Operation operation) {
        track(operation.kind()).underWay--;
        inHand.remove(operation.vm());
    }

    /** A call has been given up and still keeps its thread. */
    void stuck(Work kind) {
        track(kind).stuck++;
    }

    void returned(Work kind) {
        track(kind).stuck--;
    }

    private Track track(Work kind) {
        return kind.moves() ? moves : work;
    }
}
