package xenith.engine.lifecycle;

import xenith.engine.model.Capacity;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.Work;

/** How much of its host a virtual machine holds, by its state and work. */
public final class HeldCapacity {
    private HeldCapacity() {}

    /** What the host must keep for it; nothing for a machine without a host. */
    public static Capacity of(VirtualMachine vm) {
        if (vm.host().isEmpty()) {
            return Capacity.NONE;
        }
        Capacity own = vm.spec().capacity();
        // Until it is known which of both sizes it has, it may have the larger one.
        Capacity all = vm.resizing()
                .map(size -> size.capacity(own.diskMib()).atLeast(own))
                .orElse(own);
        return switch (vm.state()) {
            case HELD, ENDED -> Capacity.NONE;
            case RUNNING, PAUSED, PENDING -> all;
            case SUSPENDED, OFF -> vm.work() == Work.NONE ? new Capacity(0, 0, all.diskMib()) : all;
            case SAVED, DISPLACED -> vm.work() == Work.NONE ? Capacity.NONE : all;
        };
    }
}
