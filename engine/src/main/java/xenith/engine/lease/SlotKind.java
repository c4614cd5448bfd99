package xenith.engine.lease;

/** What a slot is for. */
public enum SlotKind {
    /** Machines run. */
    MACHINES,
    /** Memory is written to disk. */
    SUSPENSION,
    /** Memory is read back. */
    RESUMPTION,
    SHUTDOWN,
    /** A suspended machine's memory moves to another node. */
    MEMORY_MIGRATION,
    /** A suspended machine's disk moves to another node. */
    IMAGE_MIGRATION,
    /** An image comes from the repository. */
    IMAGE_TRANSFER
}
