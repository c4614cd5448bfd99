package xenith.drivers.sim;

import java.util.function.BooleanSupplier;

/** Where calls wait. Whatever may end a wait signals. Thread-safe. */
final class SimGate {
    private static final long FOREVER_MILLIS = Long.MAX_VALUE / 4_000_000;

    synchronized void signal() {
        notifyAll();
    }

    /** Waits while the condition holds. */
    void waitWhile(BooleanSupplier condition) throws InterruptedException {
        waitWhile(condition, FOREVER_MILLIS);
    }

    /** Waits while the condition holds, that long at most. */
    synchronized void waitWhile(BooleanSupplier condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (condition.getAsBoolean()) {
            long leftMillis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }
}
