package xenith.engine.model;

/** How far an operation is. One that is done or has failed is no longer kept. */
public enum OperationStatus {
    /** Not begun, or to be tried again from its {@code notBefore} on. */
    QUEUED,
    /** Handed to a driver. After a crash it is treated as {@link #UNKNOWN}. */
    RUNNING,
    /** The driver has done its part; the guest has until {@code notBefore} to do its own. */
    WAITING,
    /** Nobody knows whether it took effect. It is settled by asking the host, and by nothing else. */
    UNKNOWN
}
