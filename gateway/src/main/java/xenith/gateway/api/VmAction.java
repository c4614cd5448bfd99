package xenith.gateway.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import xenith.engine.lifecycle.VmEvent;

/** What can be asked of a machine, under its name in the path. */
enum VmAction {
    START(VmEvent.START),
    SHUTDOWN(VmEvent.SHUT_DOWN),
    REBOOT(VmEvent.REBOOT),
    HOLD(VmEvent.HOLD),
    RELEASE(VmEvent.RELEASE),
    PAUSE(VmEvent.PAUSE),
    UNPAUSE(VmEvent.UNPAUSE),
    SUSPEND(VmEvent.SUSPEND),
    RESUME(VmEvent.RESUME),
    END(VmEvent.END);

    private final VmEvent event;

    VmAction(VmEvent event) {
        this.event = event;
    }

    VmEvent event() {
        return event;
    }

    /** @throws ApiException {@code NO_SUCH_RESOURCE} */
    static VmAction named(String name) {
        return Arrays.stream(values())
                .filter(action -> Words.of(action).equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.NO_SUCH_RESOURCE,
                        JsonFields.quote(name) + " cannot be asked of a vm; there are "
                                + Arrays.stream(values()).map(Words::of).collect(Collectors.joining(", "))));
    }
}
