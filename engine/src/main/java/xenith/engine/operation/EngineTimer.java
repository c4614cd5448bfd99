package xenith.engine.operation;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks later, or at once on threads of its own. What a task throws is logged, never lost. Thread-safe. */
final class EngineTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTimer.class);

    private final ScheduledThreadPoolExecutor threads;

    EngineTimer(String name, int size) {
        threads = new ScheduledThreadPoolExecutor(size, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
    }

    void now(Runnable task) {
        after(0, task);
    }

    /** Once closed, tasks are dropped. */
    void after(long millis, Runnable task) {
        try {
            Future<?> unused = alarm(millis, task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("a task came after the end", closed);
        }
    }

    /**
     * A task that can be taken back.
     *
     * @throws RejectedExecutionException once closed
     */
    Future<?> alarm(long millis, Runnable task) {
        return threads.schedule(() -> logged(task), Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Runs the task; what it throws is logged. */
    static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("a task of the engine failed", failure);
        }
    }
}
