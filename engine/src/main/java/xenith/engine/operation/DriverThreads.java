package xenith.engine.operation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import xenith.engine.port.DriverException;

/**
 * Threads for calls that may hang in native code. A call that exceeds its time is answered as unknown and forfeits its
 * thread: the pool grows by one in its place, up to a cap, until the call returns after all. Thread-safe.
 */
public final class DriverThreads implements AutoCloseable {
    private static final long CLOSE_MILLIS = 5_000;

    private final ThreadPoolExecutor threads;
    private final EngineTimer timer;
    private final int size;
    private final int maxStuck;
    private int stuck;

    /** Driver work. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws DriverException;
    }

    /**
     * A call that was made.
     *
     * @param answer what it returned or threw; {@link DriverException} with {@code UNKNOWN} when it took too long
     * @param returned completes when its thread is back, which may be long after the answer, or never
     */
    record Made<T>(CompletableFuture<T> answer, CompletableFuture<Void> returned) {
        /** One that is not made, since nobody would answer. */
        static <T> Made<T> refused(String why) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            answer.completeExceptionally(new DriverException(DriverException.Failure.UNREACHABLE, why));
            return new Made<>(answer, CompletableFuture.completedFuture(null));
        }

        /** Hands over the answer, or what was thrown, on the thread on which it came. */
        void then(BiConsumer<T, Throwable> next) {
            CompletableFuture<T> unused =
                    answer.whenComplete((result, thrown) -> EngineTimer.logged(() -> next.accept(result, thrown)));
        }

        void thenReturned(Runnable next) {
            CompletableFuture<Void> unused = returned.thenRun(() -> EngineTimer.logged(next));
        }
    }

    DriverThreads(String name, int size, int maxStuck, EngineTimer timer) {
        AtomicInteger number = new AtomicInteger();
        this.size = size;
        this.maxStuck = maxStuck;
        this.timer = timer;
        // The queue needs no bound of its own: a host has at most a few calls in it, see HostLane and HostWatch.
        this.threads = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a call on a thread of the pool.
     *
     * @param what for the message when it takes too long
     * @param timeoutMillis from when the call begins
     */
    <T> Made<T> call(String what, long timeoutMillis, Call<T> call) {
        TimedCall<T> timed = new TimedCall<>(what, timeoutMillis, call);
        try {
            threads.execute(timed);
        } catch (RejectedExecutionException closing) {
            timed.answer.completeExceptionally(
                    new DriverException(DriverException.Failure.UNREACHABLE, "the engine is stopping", closing));
            timed.returned.complete(null);
        }
        return new Made<>(timed.answer, timed.returned);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean forfeit() {
        if (stuck >= maxStuck) {
            return false;
        }
        stuck++;
        threads.setMaximumPoolSize(size + stuck);
        threads.setCorePoolSize(size + stuck);
        return true;
    }

    private synchronized void regain() {
        stuck--;
        threads.setCorePoolSize(size + stuck);
        threads.setMaximumPoolSize(size + stuck);
    }

    private final class TimedCall<T> implements Runnable {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final CompletableFuture<Void> returned = new CompletableFuture<>();
        private final String what;
        private final long timeoutMillis;
        private final Call<T> call;
        private boolean over;
        private boolean forfeited;

        TimedCall(String what, long timeoutMillis, Call<T> call) {
            this.what = what;
            this.timeoutMillis = timeoutMillis;
            this.call = call;
        }

        @Override
        public void run() {
            Future<?> alarm = timer.alarm(timeoutMillis, this::tooLong);
            try {
                T result = call.run();
                alarm.cancel(false);
                answer.complete(result);
            } catch (DriverException | RuntimeException | LinkageError failure) {
                alarm.cancel(false);
                answer.completeExceptionally(failure);
            } finally {
                over();
                returned.complete(null);
            }
        }

        private synchronized void tooLong() {
            if (!over) {
                forfeited = forfeit();
                answer.completeExceptionally(new DriverException(
                        DriverException.Failure.UNKNOWN, what + " did not answer within " + timeoutMillis + " ms"));
            }
        }

        private synchronized void over() {
            over = true;
            if (forfeited) {
                regain();
            }
        }
    }
}
