package xenith.gateway.ec2.actions;

import java.util.Optional;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;

/**
 * What Start, Stop, Reboot and TerminateInstances do to an instance by its state: act, leave it as it already is what is
 * asked for, or refuse. The table has a column for each {@link Ec2InstanceState}.
 */
enum PowerChange {
    //                           pending       running       shutting-down terminated    stopping      stopped
    START("started", Step.LEAVE, Step.LEAVE, Step.REFUSE, Step.REFUSE, Step.REFUSE, Step.ACT),
    STOP("stopped", Step.REFUSE, Step.ACT, Step.REFUSE, Step.REFUSE, Step.LEAVE, Step.LEAVE),
    REBOOT("rebooted", Step.REFUSE, Step.ACT, Step.REFUSE, Step.REFUSE, Step.REFUSE, Step.REFUSE),
    TERMINATE("terminated", Step.ACT, Step.ACT, Step.LEAVE, Step.LEAVE, Step.ACT, Step.ACT);

    private final String done;
    private final Step pending;
    private final Step running;
    private final Step shuttingDown;
    private final Step terminated;
    private final Step stopping;
    private final Step stopped;

    /** What is to be done with one instance. */
    enum Step {
        ACT,
        LEAVE,
        REFUSE
    }

    PowerChange(
            String done, Step pending, Step running, Step shuttingDown, Step terminated, Step stopping, Step stopped) {
        this.done = done;
        this.pending = pending;
        this.running = running;
        this.shuttingDown = shuttingDown;
        this.terminated = terminated;
        this.stopping = stopping;
        this.stopped = stopped;
    }

    /** The change as a participle, for refusals. */
    String done() {
        return done;
    }

    Step stepFor(VirtualMachine vm) {
        if (this == REBOOT && vm.work() == Work.REBOOT) {
            return Step.LEAVE;
        }
        return switch (Ec2InstanceState.of(vm)) {
            case PENDING -> pending;
            case RUNNING -> running;
            case SHUTTING_DOWN -> shuttingDown;
            case TERMINATED -> terminated;
            case STOPPING -> stopping;
            case STOPPED -> stopped;
        };
    }

    /** The engine's event for a machine in that state; empty when there is none. */
    Optional<VmEvent> eventFor(VmState state) {
        return switch (this) {
            case STOP -> Optional.of(VmEvent.SHUT_DOWN);
            case REBOOT -> Optional.of(VmEvent.REBOOT);
            case TERMINATE -> Optional.of(VmEvent.END);
            case START -> startOf(state);
        };
    }

    /** Other fronts rest machines in more ways than EC2 knows; each is started from where it rests. */
    private static Optional<VmEvent> startOf(VmState state) {
        return switch (state) {
            case OFF -> Optional.of(VmEvent.START);
            case PAUSED -> Optional.of(VmEvent.UNPAUSE);
            case SUSPENDED -> Optional.of(VmEvent.RESUME);
            case SAVED -> Optional.of(VmEvent.RESTORE);
            case PENDING, HELD, DISPLACED, RUNNING, ENDED -> Optional.empty();
        };
    }
}
