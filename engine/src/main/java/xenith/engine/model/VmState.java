package xenith.engine.model;

/** Where a virtual machine is when nothing is being done to it. What is being done to it is its {@link Work}. */
public enum VmState {
    /** Waits for a host, or is being started on one for the first time. */
    PENDING,
    /** Waits, and the scheduler leaves it alone until it is released. */
    HELD,
    RUNNING,
    /** On its host and in its memory, not executing. */
    PAUSED,
    /** Memory saved on its host, which it keeps; not executing. */
    SUSPENDED,
    /** Memory and disks saved in the store; its host is released. OpenNebula calls it stopped. */
    SAVED,
    /** Shut down; its disks stay on its host. EC2 calls it stopped. */
    OFF,
    /** Has left its host without its memory, as when that was lost; waits for another one that sees its disks. */
    DISPLACED,
    /** Gone for good. Kept as a tombstone for a while, so that a late domain of its is found and destroyed. */
    ENDED
}
