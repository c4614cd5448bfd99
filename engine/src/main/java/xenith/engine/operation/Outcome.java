package xenith.engine.operation;

import java.util.concurrent.CompletionException;
import xenith.engine.port.DriverException;

/**
 * What became of an attempt at an operation.
 *
 * @param failure what to conclude from a failed one; without meaning otherwise
 * @param message what a failed one said; empty otherwise
 */
record Outcome(Kind kind, DriverException.Failure failure, String message) {
    static final Outcome DONE = new Outcome(Kind.DONE, DriverException.Failure.FAILED, "");
    static final Outcome WAITING = new Outcome(Kind.WAITING, DriverException.Failure.FAILED, "");

    /** The kinds of outcome. */
    enum Kind {
        /** It took effect. */
        DONE,
        /** The driver has done its part; the guest has its own to do. */
        WAITING,
        /** It did not take effect, or nobody knows. */
        FAILED,
        /** It did not take effect, and never will on this host: another one has to do it. */
        ELSEWHERE,
        /** Nobody knows, and this host is not the one that keeps the answer back. */
        UNDECIDED
    }

    static Outcome undecided(String why) {
        return new Outcome(Kind.UNDECIDED, DriverException.Failure.UNKNOWN, why);
    }

    static Outcome elsewhere(String why) {
        return new Outcome(Kind.ELSEWHERE, DriverException.Failure.REFUSED, why);
    }

    static Outcome failed(String why) {
        return new Outcome(Kind.FAILED, DriverException.Failure.FAILED, why);
    }

    /** What an attempt that threw amounts to. */
    static Outcome of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof DriverException failure) {
            return new Outcome(Kind.FAILED, failure.failure(), failure.getMessage());
        }
        // A driver's own fault: it may have happened before or after the effect.
        return new Outcome(Kind.FAILED, DriverException.Failure.UNKNOWN, "the driver broke: " + cause);
    }

    /** Whether this host kept the answer back. */
    boolean unknown() {
        return kind == Kind.FAILED && failure == DriverException.Failure.UNKNOWN;
    }

    boolean unreachable() {
        return kind == Kind.FAILED && failure == DriverException.Failure.UNREACHABLE;
    }
}
