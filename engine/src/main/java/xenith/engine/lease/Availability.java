package xenith.engine.lease;

import java.util.List;

/**
 * What stays free on a node from some time on, as it only shrinks.
 *
 * @param untilMillis for each of them until when; the last never ends
 */
record Availability(List<Amounts> free, List<Long> untilMillis) {
    boolean fits(Amounts need, long until) {
        int index = 0;
        while (untilMillis.get(index) < until) {
            index++;
        }
        return need.fitsIn(free.get(index));
    }

    /** Until when it fits; empty (below everything) if it does not even fit at first. */
    long fitsUntil(Amounts need) {
        long until = Long.MIN_VALUE;
        for (int index = 0; index < free.size() && need.fitsIn(free.get(index)); index++) {
            until = untilMillis.get(index);
        }
        return until;
    }
}
