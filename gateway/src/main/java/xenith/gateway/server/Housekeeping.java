package xenith.gateway.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway does beside its requests, on one thread of its own. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long STOP_SECONDS = 5;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "housekeeping");
        made.setDaemon(true);
        return made;
    });

    /** Does the work now and again after each pause, whatever becomes of it. */
    void every(long pauseMillis, Runnable work) {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(() -> attempt(work), 0, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /** Tries now and again after each pause, until it answers that it is done. */
    void until(long pauseMillis, BooleanSupplier tried) {
        thread.execute(() -> tryAgain(pauseMillis, tried));
    }

    private void tryAgain(long pauseMillis, BooleanSupplier tried) {
        boolean[] done = {false};
        attempt(() -> done[0] = tried.getAsBoolean());
        if (!done[0] && !thread.isShutdown()) {
            ScheduledFuture<?> unused =
                    thread.schedule(() -> tryAgain(pauseMillis, tried), pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("housekeeping failed and will be tried again", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("housekeeping does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
