package xenith.engine.model;

/** Kinds of {@link Event}. */
public enum EventKind {
    VM_CREATED,
    VM_CHANGED,
    VM_ENDED,
    VM_REPORT_REFUSED,
    OPERATION_RETRIED,
    OPERATION_UNKNOWN,
    HOST_ADDED,
    HOST_CHANGED,
    HOST_REMOVED,
    /** A host is certainly off, and its machines were let go. */
    HOST_FENCED,
    HOST_FENCING_FAILED,
    /** A domain ran on two hosts; the one that its machine is not on was destroyed. */
    SPLIT_BRAIN,
    FOREIGN_DOMAIN,
    LATE_DOMAIN_DESTROYED,
    /** A gateway began to serve this cloud beside others, ended, or was given up by the others. */
    GATEWAY_JOINED,
    GATEWAY_LEFT,
    GATEWAY_LOST,
    IMAGE_REGISTERED,
    IMAGE_CHANGED,
    IMAGE_DEREGISTERED,
    NETWORK_ADDED,
    ACCOUNT_ADDED,
    ACCOUNT_REMOVED,
    USER_ADDED,
    USER_CHANGED,
    USER_REMOVED
}
