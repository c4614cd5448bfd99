package xenith.engine.lifecycle;

import static xenith.engine.lifecycle.VmEvent.DONE;
import static xenith.engine.lifecycle.VmEvent.FAILED;
import static xenith.engine.lifecycle.VmEvent.HOST_LOST;
import static xenith.engine.lifecycle.VmEvent.SEEN_ABSENT;
import static xenith.engine.lifecycle.VmEvent.SEEN_CRASHED;
import static xenith.engine.lifecycle.VmEvent.SEEN_PAUSED;
import static xenith.engine.lifecycle.VmEvent.SEEN_RUNNING;
import static xenith.engine.model.VmState.DISPLACED;
import static xenith.engine.model.VmState.ENDED;
import static xenith.engine.model.VmState.HELD;
import static xenith.engine.model.VmState.OFF;
import static xenith.engine.model.VmState.PAUSED;
import static xenith.engine.model.VmState.PENDING;
import static xenith.engine.model.VmState.RUNNING;
import static xenith.engine.model.VmState.SAVED;
import static xenith.engine.model.VmState.SUSPENDED;
import static xenith.engine.model.Work.NONE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.model.StateReason;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;

/**
 * The whole life of a virtual machine: for a state, the work that is being done, and an event, the next state and
 * work. Work that differs from the work before is to be enqueued as an operation. What the table does not have is not
 * possible: requests are refused, late answers of drivers recorded.
 *
 * <p>Two rules keep it short. Work in hand admits no other request but END, which outranks it, as shutting down outranks
 * a reboot: the operation behind it runs out in its host's queue, before the one that follows it there. And what a host
 * shows counts only while no work is in hand, since the work's own outcome is about to say more.
 */
public final class Lifecycle {
    private static final List<Transition> TABLE = List.of(
            //  state      work               event                     next state  next work
            at(PENDING, NONE, VmEvent.PLACE, PENDING, Work.START),
            at(PENDING, NONE, VmEvent.HOLD, HELD, NONE),
            at(PENDING, NONE, VmEvent.END, ENDED, NONE),
            at(PENDING, Work.START, DONE, RUNNING, NONE),
            at(PENDING, Work.START, FAILED, PENDING, Work.END),
            at(PENDING, Work.START, VmEvent.END, PENDING, Work.END),
            at(PENDING, Work.START, HOST_LOST, PENDING, NONE),
            at(PENDING, Work.END, DONE, ENDED, NONE),
            // It has never run, and does not now.
            at(PENDING, Work.END, HOST_LOST, ENDED, NONE),
            at(HELD, NONE, VmEvent.RELEASE, PENDING, NONE),
            at(HELD, NONE, VmEvent.END, ENDED, NONE),
            //
            at(RUNNING, NONE, VmEvent.SHUT_DOWN, RUNNING, Work.SHUT_DOWN),
            at(RUNNING, NONE, VmEvent.REBOOT, RUNNING, Work.REBOOT),
            at(RUNNING, NONE, VmEvent.PAUSE, RUNNING, Work.PAUSE),
            at(RUNNING, NONE, VmEvent.SUSPEND, RUNNING, Work.SUSPEND),
            at(RUNNING, NONE, VmEvent.SAVE, RUNNING, Work.SAVE),
            at(RUNNING, NONE, VmEvent.MIGRATE, RUNNING, Work.MIGRATE),
            at(RUNNING, NONE, VmEvent.LIVE_MIGRATE, RUNNING, Work.LIVE_MIGRATE),
            at(RUNNING, NONE, VmEvent.RESIZE, RUNNING, Work.RESIZE),
            at(RUNNING, NONE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, NONE, SEEN_PAUSED, PAUSED, NONE),
            at(RUNNING, NONE, SEEN_ABSENT, OFF, NONE),
            at(RUNNING, NONE, SEEN_CRASHED, RUNNING, Work.END),
            at(RUNNING, NONE, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.SHUT_DOWN, DONE, OFF, NONE),
            at(RUNNING, Work.SHUT_DOWN, FAILED, RUNNING, NONE),
            at(RUNNING, Work.SHUT_DOWN, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.SHUT_DOWN, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.REBOOT, DONE, RUNNING, NONE),
            at(RUNNING, Work.REBOOT, FAILED, RUNNING, NONE),
            at(RUNNING, Work.REBOOT, VmEvent.SHUT_DOWN, RUNNING, Work.SHUT_DOWN),
            at(RUNNING, Work.REBOOT, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.REBOOT, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.PAUSE, DONE, PAUSED, NONE),
            at(RUNNING, Work.PAUSE, FAILED, RUNNING, NONE),
            at(RUNNING, Work.PAUSE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.PAUSE, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.SUSPEND, DONE, SUSPENDED, NONE),
            at(RUNNING, Work.SUSPEND, FAILED, RUNNING, NONE),
            at(RUNNING, Work.SUSPEND, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.SUSPEND, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.SAVE, DONE, SAVED, NONE),
            at(RUNNING, Work.SAVE, FAILED, RUNNING, NONE),
            at(RUNNING, Work.SAVE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.SAVE, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.MIGRATE, DONE, RUNNING, NONE),
            at(RUNNING, Work.MIGRATE, FAILED, RUNNING, NONE),
            at(RUNNING, Work.MIGRATE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.LIVE_MIGRATE, DONE, RUNNING, NONE),
            at(RUNNING, Work.LIVE_MIGRATE, FAILED, RUNNING, NONE),
            at(RUNNING, Work.LIVE_MIGRATE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.RESIZE, DONE, RUNNING, NONE),
            at(RUNNING, Work.RESIZE, FAILED, RUNNING, NONE),
            at(RUNNING, Work.RESIZE, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.RESIZE, HOST_LOST, OFF, NONE),
            // Memory that has gone on must never be gone back to, nor be taken for what is saved next.
            at(RUNNING, Work.DROP_MEMORY, DONE, RUNNING, NONE),
            at(RUNNING, Work.DROP_MEMORY, VmEvent.END, RUNNING, Work.END),
            at(RUNNING, Work.DROP_MEMORY, HOST_LOST, OFF, NONE),
            at(RUNNING, Work.END, DONE, ENDED, NONE),
            //
            at(PAUSED, NONE, VmEvent.UNPAUSE, PAUSED, Work.UNPAUSE),
            at(PAUSED, NONE, VmEvent.END, PAUSED, Work.END),
            at(PAUSED, NONE, SEEN_RUNNING, RUNNING, NONE),
            at(PAUSED, NONE, SEEN_ABSENT, OFF, NONE),
            at(PAUSED, NONE, SEEN_CRASHED, PAUSED, Work.END),
            at(PAUSED, NONE, HOST_LOST, OFF, NONE),
            at(PAUSED, Work.UNPAUSE, DONE, RUNNING, NONE),
            at(PAUSED, Work.UNPAUSE, FAILED, PAUSED, NONE),
            at(PAUSED, Work.UNPAUSE, VmEvent.END, PAUSED, Work.END),
            at(PAUSED, Work.UNPAUSE, HOST_LOST, OFF, NONE),
            at(PAUSED, Work.END, DONE, ENDED, NONE),
            //
            at(SUSPENDED, NONE, VmEvent.RESUME, SUSPENDED, Work.RESUME),
            at(SUSPENDED, NONE, VmEvent.SAVE, SUSPENDED, Work.SAVE),
            at(SUSPENDED, NONE, VmEvent.MIGRATE, SUSPENDED, Work.MIGRATE),
            at(SUSPENDED, NONE, VmEvent.END, SUSPENDED, Work.END),
            at(SUSPENDED, NONE, HOST_LOST, SAVED, NONE),
            // It went on from its memory after all: a restoration that was given up has come true.
            at(SUSPENDED, NONE, SEEN_RUNNING, RUNNING, Work.DROP_MEMORY),
            at(SUSPENDED, Work.RESUME, DONE, RUNNING, NONE),
            at(SUSPENDED, Work.RESUME, FAILED, SUSPENDED, NONE),
            at(SUSPENDED, Work.RESUME, VmEvent.END, SUSPENDED, Work.END),
            // Nobody knows whether it went on from its memory, and memory must not be gone back to.
            at(SUSPENDED, Work.RESUME, HOST_LOST, OFF, NONE),
            at(SUSPENDED, Work.SAVE, DONE, SAVED, NONE),
            at(SUSPENDED, Work.SAVE, FAILED, SUSPENDED, NONE),
            at(SUSPENDED, Work.SAVE, VmEvent.END, SUSPENDED, Work.END),
            at(SUSPENDED, Work.SAVE, HOST_LOST, SAVED, NONE),
            at(SUSPENDED, Work.MIGRATE, DONE, SUSPENDED, NONE),
            at(SUSPENDED, Work.MIGRATE, FAILED, SUSPENDED, NONE),
            at(SUSPENDED, Work.MIGRATE, VmEvent.END, SUSPENDED, Work.END),
            at(SUSPENDED, Work.END, DONE, ENDED, NONE),
            //
            at(SAVED, NONE, VmEvent.RESTORE, SAVED, Work.RESTORE),
            at(SAVED, NONE, VmEvent.END, SAVED, Work.END),
            at(SAVED, NONE, SEEN_RUNNING, RUNNING, Work.DROP_MEMORY),
            at(SAVED, Work.RESTORE, DONE, RUNNING, NONE),
            at(SAVED, Work.RESTORE, FAILED, SAVED, NONE),
            at(SAVED, Work.RESTORE, VmEvent.END, SAVED, Work.END),
            at(SAVED, Work.RESTORE, HOST_LOST, OFF, NONE),
            at(SAVED, Work.END, DONE, ENDED, NONE),
            //
            at(OFF, NONE, VmEvent.START, OFF, Work.START),
            at(OFF, NONE, VmEvent.DISPLACE, DISPLACED, NONE),
            at(OFF, NONE, VmEvent.MIGRATE, OFF, Work.MIGRATE),
            at(OFF, NONE, VmEvent.RESIZE, OFF, NONE),
            at(OFF, NONE, VmEvent.END, OFF, Work.END),
            // The guest was started again by its host, or a report overtook the one that said it was absent.
            at(OFF, NONE, SEEN_RUNNING, RUNNING, Work.DROP_MEMORY),
            at(OFF, Work.START, DONE, RUNNING, NONE),
            at(OFF, Work.START, FAILED, OFF, NONE),
            at(OFF, Work.START, VmEvent.END, OFF, Work.END),
            at(OFF, Work.START, HOST_LOST, OFF, NONE),
            at(OFF, Work.MIGRATE, DONE, OFF, NONE),
            at(OFF, Work.MIGRATE, FAILED, OFF, NONE),
            at(OFF, Work.MIGRATE, VmEvent.END, OFF, Work.END),
            at(OFF, Work.END, DONE, ENDED, NONE),
            //
            at(DISPLACED, NONE, VmEvent.PLACE, DISPLACED, Work.START),
            at(DISPLACED, NONE, VmEvent.SHUT_DOWN, OFF, NONE),
            at(DISPLACED, NONE, VmEvent.END, DISPLACED, Work.END),
            // Its host was not lost after all, and nobody else has it yet.
            at(DISPLACED, NONE, SEEN_RUNNING, RUNNING, Work.DROP_MEMORY),
            at(DISPLACED, Work.START, DONE, RUNNING, NONE),
            // Its disks may hold all that its user has: unlike a first start, one that fails ends nothing.
            at(DISPLACED, Work.START, FAILED, OFF, NONE),
            at(DISPLACED, Work.START, VmEvent.END, DISPLACED, Work.END),
            at(DISPLACED, Work.START, HOST_LOST, DISPLACED, NONE),
            at(DISPLACED, Work.END, DONE, ENDED, NONE));

    private static final Map<VmState, Map<Work, Map<VmEvent, Transition>>> BY_SITUATION = bySituation();

    private Lifecycle() {}

    /** The table, in reading order. */
    public static List<Transition> table() {
        return TABLE;
    }

    /** What the event does in that situation; empty when it is not possible there. */
    public static Optional<Transition> find(VmState state, Work work, VmEvent event) {
        return Optional.ofNullable(BY_SITUATION
                .getOrDefault(state, Map.of())
                .getOrDefault(work, Map.of())
                .get(event));
    }

    /** Requests that the table has in that situation, for a refusal's message. */
    public static List<VmEvent> requestsPossible(VmState state, Work work) {
        List<VmEvent> possible = new ArrayList<>();
        for (VmEvent event : VmEvent.values()) {
            if (event.source() == VmEvent.Source.REQUEST
                    && find(state, work, event).isPresent()) {
                possible.add(event);
            }
        }
        return possible;
    }

    /**
     * The machine after the event; empty when the table does not have it.
     *
     * @param reason why it is in its new state
     */
    public static Optional<VirtualMachine> after(VirtualMachine vm, VmEvent event, StateReason reason, Instant now) {
        return find(vm.state(), vm.work(), event).map(transition -> moved(vm, transition, reason, now));
    }

    private static VirtualMachine moved(VirtualMachine vm, Transition transition, StateReason reason, Instant now) {
        boolean begins = transition.nextState() == RUNNING && vm.state() != RUNNING && vm.state() != PAUSED;
        return new VirtualMachine(
                vm.id(),
                vm.uuid(),
                vm.name(),
                vm.account(),
                vm.owner(),
                isSized(transition) ? vm.resizing().map(vm.spec()::sized).orElse(vm.spec()) : vm.spec(),
                transition.nextState(),
                transition.nextWork(),
                hostAfter(vm, transition),
                keepsTarget(transition) ? vm.target() : Optional.empty(),
                transition.nextWork() == Work.RESIZE ? vm.resizing() : Optional.empty(),
                begins && !goesOn(vm.state()) ? Optional.of(vm.spec().size()) : vm.startedSize(),
                reason,
                vm.createdAt(),
                transition.changes() ? now : vm.stateSince(),
                begins ? vm.firstStartedAt().or(() -> Optional.of(now)) : vm.firstStartedAt(),
                begins ? Optional.of(now) : vm.startedAt(),
                transition.nextState() == ENDED ? Optional.of(now) : vm.endedAt());
    }

    /** Whether one that begins to run from that state does so with the memory that it had. */
    private static boolean goesOn(VmState state) {
        return state == SUSPENDED || state == SAVED;
    }

    /** Whether it has its new size from here on: one that is off, at once. */
    private static boolean isSized(Transition transition) {
        return transition.work() == Work.RESIZE
                ? transition.event() == DONE
                : transition.event() == VmEvent.RESIZE && transition.nextWork() == NONE;
    }

    /** Where a machine is once it has moved; one that never ran has nothing to do with the host that was lost. */
    private static Optional<HostId> hostAfter(VirtualMachine vm, Transition transition) {
        if (transition.work().moves() && transition.event() == DONE) {
            return vm.target();
        }
        return transition.nextState() == PENDING && transition.event() == HOST_LOST ? Optional.empty() : vm.host();
    }

    /** An end must look at both hosts of a move that it has overtaken. */
    private static boolean keepsTarget(Transition transition) {
        return transition.nextWork().moves() || transition.nextWork() == Work.END;
    }

    private static Transition at(VmState state, Work work, VmEvent event, VmState nextState, Work nextWork) {
        return new Transition(state, work, event, nextState, nextWork);
    }

    private static Map<VmState, Map<Work, Map<VmEvent, Transition>>> bySituation() {
        Map<VmState, Map<Work, Map<VmEvent, Transition>>> map = new EnumMap<>(VmState.class);
        for (Transition row : TABLE) {
            Transition other = map.computeIfAbsent(row.state(), key -> new EnumMap<>(Work.class))
                    .computeIfAbsent(row.work(), key -> new EnumMap<>(VmEvent.class))
                    .put(row.event(), row);
            if (other != null) {
                throw new IllegalStateException("the lifecycle has two rows for " + row);
            }
        }
        return map;
    }
}
