package xenith.engine.service;

import xenith.engine.model.HostId;
import xenith.engine.model.VmId;

/** What the engine sees of hosts and guests, beyond what it keeps. Thread-safe. */
public interface Observations {
    /** Whether the machine's first boot is still being watched: nobody knows yet whether the guest comes up. */
    boolean isBooting(VmId vm);

    /** Whether the host has answered since this process began. */
    boolean hasAnswered(HostId host);
}
