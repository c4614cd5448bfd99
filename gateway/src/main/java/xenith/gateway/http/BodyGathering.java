package xenith.gateway.http;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Gathers one request's body as it comes, holding no thread meanwhile. A client that takes too long is cut off. */
final class BodyGathering implements Runnable {
    /** What becomes of a gathering. One of these is called, once. */
    interface Outcome {
        void gathered(byte[] body);

        void tooLarge();

        /** The connection is of no more use. */
        void failed(Throwable cause);
    }

    private static final byte[] NOTHING = {};

    private final Request request;
    private final int maxBytes;
    private final Outcome outcome;
    private final Scheduler.Task deadline;
    private byte[] gathered = NOTHING;
    private int size;

    private BodyGathering(Request request, int maxBytes, int millis, Outcome outcome) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.outcome = outcome;
        this.deadline = request.getComponents().getScheduler().schedule(this::cutOff, millis, TimeUnit.MILLISECONDS);
    }

    static void start(Request request, int maxBytes, int millis, Outcome outcome) {
        if (request.getLength() == 0) {
            outcome.gathered(NOTHING);
        } else if (request.getLength() > maxBytes) {
            outcome.tooLarge();
        } else {
            new BodyGathering(request, maxBytes, millis, outcome).run();
        }
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(whole -> whole.failed(chunk.getFailure()));
                return;
            }
            boolean fits = add(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (!fits) {
                end(Outcome::tooLarge);
                return;
            }
            if (last) {
                byte[] body = size == gathered.length ? gathered : java.util.Arrays.copyOf(gathered, size);
                end(whole -> whole.gathered(body));
                return;
            }
        }
    }

    private boolean add(Content.Chunk chunk) {
        int more = chunk.remaining();
        if (more > maxBytes - size) {
            return false;
        }
        if (size + more > gathered.length) {
            long declared = request.getLength();
            int wanted = declared > 0 ? (int) declared : Math.max(size + more, 2 * size);
            gathered = java.util.Arrays.copyOf(gathered, Math.max(size + more, Math.min(wanted, maxBytes)));
        }
        chunk.get(gathered, size, more);
        size += more;
        return true;
    }

    private void end(Consumer<Outcome> how) {
        deadline.cancel();
        how.accept(outcome);
    }

    /** Whoever waits for the next bytes is then told that they cannot come. */
    private void cutOff() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
}
