package xenith.gateway.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.VmState;

/** What can be asked of a machine, under its name in the path. */
enum VmAction {
    /** From wherever it rests. */
    START(VmEvent.START),
    SHUTDOWN(VmEvent.SHUT_DOWN),
    REBOOT(VmEvent.REBOOT),
    HOLD(VmEvent.HOLD),
    RELEASE(VmEvent.RELEASE),
    PAUSE(VmEvent.PAUSE),
    UNPAUSE(VmEvent.UNPAUSE),
    SUSPEND(VmEvent.SUSPEND),
    /** With the memory that it has, wherever that is. */
    RESUME(VmEvent.RESUME),
    /** To the store, from where any host may go on with it. OpenNebula calls it stop. */
    SAVE(VmEvent.SAVE),
    END(VmEvent.END);

    private final VmEvent event;

    VmAction(VmEvent event) {
        this.event = event;
    }

    /** What it means for a machine in that state. */
    VmEvent eventFor(VmState state) {
        boolean goesOn = this == START || this == RESUME;
        return switch (state) {
            case HELD -> this == START ? VmEvent.RELEASE : event;
            case PAUSED -> goesOn ? VmEvent.UNPAUSE : event;
            case SUSPENDED -> goesOn ? VmEvent.RESUME : event;
            case SAVED -> goesOn ? VmEvent.RESTORE : event;
            case PENDING, RUNNING, OFF, DISPLACED, ENDED -> event;
        };
    }

    /** @throws ApiException {@code NO_SUCH_RESOURCE} */
    static VmAction named(String name) {
        return Arrays.stream(values())
                .filter(action -> Words.of(action).equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.NO_SUCH_RESOURCE,
                        JsonFields.quote(name) + " cannot be asked of a vm; there are "
                                + Arrays.stream(values()).map(Words::of).collect(Collectors.joining(", "))
                                + ", migrate, resize"));
    }
}
