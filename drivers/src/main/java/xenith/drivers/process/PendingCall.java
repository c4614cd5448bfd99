package xenith.drivers.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** A call from its sending to its answer. Thread-safe. */
final class PendingCall {
    private final long id;
    private final Method method;
    private final byte[] line;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITS);

    private enum Stage {
        WAITS,
        SENT,
        WITHDRAWN
    }

    /** @param line the request with the end of its line */
    PendingCall(long id, Method method, byte[] line) {
        this.id = id;
        this.method = method;
        this.line = line;
    }

    long id() {
        return id;
    }

    Method method() {
        return method;
    }

    byte[] line() {
        return line;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Whether it may be written now; from then on it may take effect. */
    boolean beginSending() {
        return stage.compareAndSet(Stage.WAITS, Stage.SENT);
    }

    /** What is to be concluded when no answer will come. */
    Failure withdraw() {
        return stage.compareAndSet(Stage.WAITS, Stage.WITHDRAWN) || stage.get() == Stage.WITHDRAWN
                ? Failure.UNREACHABLE
                : Failure.UNKNOWN;
    }

    void fail(Failure failure, String message) {
        answer.completeExceptionally(new DriverException(failure, message));
    }
}
