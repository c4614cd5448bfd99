package xenith.engine.model;

/** What the operator wants of a host, and whether it can be had. */
public enum HostState {
    /** Takes virtual machines. */
    ON,
    /** Keeps its virtual machines and takes no new ones, by an operator's wish. */
    DISABLED,
    /** Its virtual machines are being moved away, by an operator's wish. */
    DRAINING,
    /** Does not answer, or cannot be used; its virtual machines are left as they are until it answers again. */
    ERROR,
    /** Certainly off; its virtual machines have been let go. Takes none until an operator enables it. */
    FENCED
}
