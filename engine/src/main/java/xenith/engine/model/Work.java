package xenith.engine.model;

/** What is being done to a virtual machine; at most one at a time. Each but {@link #NONE} is an operation's kind. */
public enum Work {
    NONE,
    /** Prepare disks and network on the host, and start the domain. */
    START,
    /** Ask the guest to shut down, and after a while switch it off. */
    SHUT_DOWN,
    REBOOT,
    PAUSE,
    UNPAUSE,
    /** Save memory on the host. */
    SUSPEND,
    /** Start from the memory that was saved on the host. */
    RESUME,
    /** Save memory and disks to the store and leave the host. */
    SAVE,
    /** Start from the memory that was saved in the store, on any host. */
    RESTORE,
    /** Remove the memory that was saved, since the machine has gone on from it. */
    DROP_MEMORY,
    /** Give the domain another size while it runs. */
    RESIZE,
    /** Move to another host; a guest that runs stands still meanwhile. */
    MIGRATE,
    /** Move to another host while running. */
    LIVE_MIGRATE,
    /** Destroy the domain, if any, and remove what it had on its host. */
    END;

    /** Whether it takes the machine to another host. */
    public boolean moves() {
        return this == MIGRATE || this == LIVE_MIGRATE;
    }
}
