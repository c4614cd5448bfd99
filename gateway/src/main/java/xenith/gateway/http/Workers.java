package xenith.gateway.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that answer requests: a bounded number, before which a bounded number waits. */
final class Workers implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 60;

    private final ThreadPoolExecutor pool;
    private final int stopMillis;

    Workers(HttpLimits limits) {
        AtomicInteger number = new AtomicInteger();
        this.stopMillis = limits.stopMillis();
        this.pool = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                work -> {
                    Thread thread = new Thread(work, "worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException when too many wait, or after {@link #close} */
    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** How many wait for a thread. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Lets what is accepted come to its end, for a bounded time. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(stopMillis, TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
