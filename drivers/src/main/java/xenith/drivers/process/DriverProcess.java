package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * The program, started when it is first needed and again after it ended; while it ends again and again, ever more rarely.
 * Of two lives the first is over before the second begins. Thread-safe.
 */
final class DriverProcess implements AutoCloseable {
    private final DriverProgram program;
    private final ProcessLimits limits;
    private final DriverLog log;
    private volatile Optional<Conversation> current = Optional.empty();
    private volatile boolean closed;
    private long startedNanos;
    private long pauseMillis;

    DriverProcess(DriverProgram program, ProcessLimits limits) {
        this.program = program;
        this.limits = limits;
        this.log = new DriverLog(program.toString());
    }

    /** {@link Conversation#ask} of whichever life it is. */
    <T> T ask(Method method, Optional<HostEndpoint> host, ObjectNode params, Answer.Reading<T> reading)
            throws DriverException {
        return conversation().ask(method, host, params, reading);
    }

    /** @throws DriverException {@code UNREACHABLE} when the program does not run and cannot be started now */
    Conversation conversation() throws DriverException {
        Optional<Conversation> now = current;
        return now.isPresent() && now.get().isOpen() ? now.get() : restarted();
    }

    /** Whoever waits here waits for one start, which the limit of hello bounds; after it failed there is a pause. */
    private synchronized Conversation restarted() throws DriverException {
        if (closed) {
            throw new DriverException(Failure.UNREACHABLE, "driver " + program + " is being ended");
        }
        if (current.isPresent() && current.get().isOpen()) {
            return current.get();
        }
        current.ifPresent(Conversation::awaitEnd);
        long runMillis = (System.nanoTime() - startedNanos) / 1_000_000;
        boolean first = pauseMillis == 0;
        if (!first && runMillis < pauseMillis) {
            throw new DriverException(
                    Failure.UNREACHABLE,
                    "driver " + program + " ends again and again; it is started again in " + (pauseMillis - runMillis)
                            + " ms");
        }
        pauseMillis = first || runMillis >= limits.stableMillis()
                ? limits.firstPauseMillis()
                : Math.min(2 * pauseMillis, limits.maxPauseMillis());
        startedNanos = System.nanoTime();
        Conversation opened = Conversation.open(program, limits, log);
        current = Optional.of(opened);
        return opened;
    }

    /** Ends the program, and waits for that. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            current.ifPresent(conversation -> {
                conversation.end("is ended with the gateway");
                conversation.awaitEnd();
            });
        }
    }
}
