package xenith.engine.port;

/** What a domain does. One that is not active is not reported at all. */
public enum DomainState {
    RUNNING,
    PAUSED,
    /** The guest is on its way out. */
    SHUTTING_DOWN,
    /** Its hypervisor process is broken; only {@code destroy} helps. */
    CRASHED
}
