package xenith.engine.operation;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xenith.engine.port.DriverException;

/** Waits for driver calls in the name of somebody who has asked. */
final class QuickCalls {
    private QuickCalls() {}

    /**
     * Waits for the answer, and as long again for its turn.
     *
     * @throws DriverException what the call threw; {@code UNKNOWN} when it took too long
     */
    static <T> T await(DriverThreads.Made<T> made, long timeoutMillis) throws DriverException {
        try {
            return made.answer().get(2 * timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException wrapped) {
            if (wrapped.getCause() instanceof DriverException failure) {
                throw failure;
            }
            throw new DriverException(
                    DriverException.Failure.FAILED, "the driver broke: " + wrapped.getCause(), wrapped.getCause());
        } catch (TimeoutException late) {
            throw new DriverException(DriverException.Failure.UNREACHABLE, "all hosts are busy", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DriverException(DriverException.Failure.UNREACHABLE, "the engine is stopping", interrupted);
        }
    }
}
