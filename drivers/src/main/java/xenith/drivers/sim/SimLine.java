package xenith.drivers.sim;

import java.util.concurrent.atomic.AtomicBoolean;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * The way to a host, and what befalls calls on it. Each takes its time and may hang, fail, lose its answer or come late.
 * Thread-safe.
 */
final class SimLine {
    private final SimWorld world;
    private final SimHost host;
    private final AtomicBoolean closed = new AtomicBoolean();

    SimLine(SimWorld world, SimHost host) {
        this.world = world;
        this.host = host;
    }

    /** What the host does. */
    @FunctionalInterface
    interface Effect<T> {
        T happen(SimDraws draws) throws DriverException;
    }

    /** What the host does, or plans to do later. */
    @FunctionalInterface
    interface Deferral {
        void defer(long delayMillis) throws DriverException;
    }

    /** A call that cannot be late: where it would be, only its answer is lost. */
    <T> T call(SimCall call, Effect<T> effect) throws DriverException {
        SimDraws draws = reach(call);
        SimFaults faults = world.faults(host.name());
        boolean subject = faults.calls().contains(call);
        failIfDrawn(call, subject, faults, draws);
        boolean lost = draws.losesAnswer() < faults.losesAnswers() || draws.late() < faults.late();
        T answer = effect.happen(draws);
        if (subject && lost && call.changes()) {
            throw lost(call);
        }
        return answer;
    }

    /** A call that may be late. */
    void call(SimCall call, Effect<Void> effect, Deferral deferral) throws DriverException {
        SimDraws draws = reach(call);
        SimFaults faults = world.faults(host.name());
        boolean subject = faults.calls().contains(call);
        failIfDrawn(call, subject, faults, draws);
        boolean lost = draws.losesAnswer() < faults.losesAnswers();
        boolean late = draws.late() < faults.late();
        if (subject && late) {
            deferral.defer(faults.lateMillis());
            throw lost(call);
        }
        effect.happen(draws);
        if (subject && lost) {
            throw lost(call);
        }
    }

    private void failIfDrawn(SimCall call, boolean subject, SimFaults faults, SimDraws draws) throws DriverException {
        if (subject && draws.fails() < faults.fails()) {
            throw new DriverException(Failure.FAILED, call + " failed on host " + host.name());
        }
    }

    private DriverException lost(SimCall call) {
        return new DriverException(Failure.UNKNOWN, "the answer to " + call + " of host " + host.name() + " was lost");
    }

    /** Takes the call to the host, however long that takes. */
    private SimDraws reach(SimCall call) throws DriverException {
        SimDraws draws = SimDraws.of(
                world.seed(), host.name(), host.nextCall(), world.settings().latency());
        refuseUnlessUp(call);
        try {
            if (draws.latencyMillis() > 0) {
                world.gate().waitWhile(() -> !isClosed(), draws.latencyMillis());
            }
            world.gate().waitWhile(() -> world.faults(host.name()).hangs(call) && !isClosed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(
                    call.changes() ? Failure.UNKNOWN : Failure.UNREACHABLE, call + " was interrupted", e);
        }
        if (isClosed()) {
            throw new DriverException(
                    call.changes() ? Failure.UNKNOWN : Failure.UNREACHABLE,
                    "the connection to host " + host.name() + " was closed during " + call);
        }
        refuseUnlessUp(call);
        world.ledger().refresh();
        return draws;
    }

    private void refuseUnlessUp(SimCall call) throws DriverException {
        if (isClosed()) {
            throw new DriverException(Failure.UNREACHABLE, "the connection to host " + host.name() + " is closed");
        }
        if (world.faults(host.name()).down()) {
            throw new DriverException(Failure.UNREACHABLE, call + ": host " + host.name() + " is down");
        }
    }

    boolean isClosed() {
        return closed.get() || world.isClosed();
    }

    void close() {
        closed.set(true);
        world.gate().signal();
    }
}
