package xenith.engine.placement;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.store.Change;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * Looks at the cloud, on a thread of its own, whenever machines or hosts have changed. One look serves all changes that
 * came before it; what a look throws is logged, and the next one comes. Thread-safe.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Store store;
    private final long longestPauseMillis;
    private final Runnable round;
    private final Semaphore occasion = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** @param longestPauseMillis after which there is a round also without a change */
    Rounds(String name, Store store, long longestPauseMillis, Runnable round) {
        this.store = store;
        this.longestPauseMillis = longestPauseMillis;
        this.round = round;
        this.thread = new Thread(this::repeatUntilClosed, name);
        thread.setDaemon(true);
    }

    void start() {
        store.listen((state, changes, events) -> {
            if (changes.stream().anyMatch(Rounds::matters)) {
                occasion.release();
            }
        });
        occasion.release();
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean matters(Change<?, ?> change) {
        return change.table() == Vms.TABLE || change.table() == Hosts.TABLE;
    }

    private void repeatUntilClosed() {
        while (!closed) {
            try {
                boolean changed = occasion.tryAcquire(longestPauseMillis, TimeUnit.MILLISECONDS);
                if (changed) {
                    occasion.drainPermits();
                }
                round.run();
            } catch (InterruptedException closing) {
                return;
            } catch (RuntimeException failure) {
                LOG.warn("a round of {} failed", thread.getName(), failure);
            }
        }
    }
}
