package xenith.engine.port;

/** What a domain does. One that is not active is not reported at all. */
public enum DomainState {
    RUNNING,
    PAUSED,
    /** The guest is on its way out, or about to be there again: one that reboots may pass through this. */
    SHUTTING_DOWN,
    /** Its hypervisor process is broken; only {@code destroy} helps. */
    CRASHED
}
