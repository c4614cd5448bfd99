package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/** The repository's transfers, one after the other, by their start. */
final class TransferQueue implements Iterable<Transfer> {
    private final List<Transfer> transfers = new ArrayList<>();

    /** Behind those that start at the same time. */
    void add(Transfer transfer) {
        int index = transfers.size();
        while (index > 0 && transfers.get(index - 1).start() > transfer.start()) {
            index--;
        }
        transfers.add(index, transfer);
    }

    void remove(Transfer transfer) {
        transfers.remove(transfer);
    }

    @Override
    public Iterator<Transfer> iterator() {
        return transfers.iterator();
    }

    /** The first gap that is long enough, for those that are wanted as soon as possible. */
    long nextStart(long now, long millis) {
        if (transfers.isEmpty() || now + millis <= transfers.get(0).start()) {
            return now;
        }
        for (int index = 1; index < transfers.size(); index++) {
            long free = transfers.get(index - 1).end();
            long gap = transfers.get(index).start() - free;
            if (gap > 0 && gap >= millis) {
                return free;
            }
        }
        return transfers.get(transfers.size() - 1).end();
    }

    /** The last gap that is long enough as the ancestor finds it, which may lie behind the deadline. */
    long ancestorsLastStart(long deadline, long millis) {
        if (transfers.isEmpty() || transfers.get(transfers.size() - 1).end() + millis <= deadline) {
            return deadline - millis;
        }
        for (int index = transfers.size() - 1; index > 0; index--) {
            long next = transfers.get(index).start();
            long gap = next - transfers.get(index - 1).end();
            if (gap != 0 && gap >= millis) {
                return next - millis;
            }
        }
        return transfers.get(0).start() - millis;
    }

    /** The last start from now on with which it is done by the deadline. */
    OptionalLong lastStart(long now, long deadline, long millis) {
        long end = deadline;
        for (int index = transfers.size() - 1; index >= 0; index--) {
            Transfer before = transfers.get(index);
            if (before.end() + millis <= end) {
                return OptionalLong.of(end - millis).stream()
                        .filter(start -> start >= now)
                        .findFirst();
            }
            end = Math.min(end, before.start());
        }
        return end - millis >= now ? OptionalLong.of(end - millis) : OptionalLong.empty();
    }
}
