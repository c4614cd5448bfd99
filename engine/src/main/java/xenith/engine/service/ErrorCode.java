package xenith.engine.service;

/** Why the engine refuses. Fronts translate each by a table of their own. */
public enum ErrorCode {
    VM_NOT_FOUND(Fault.CALLER),
    IMAGE_NOT_FOUND(Fault.CALLER),
    IMAGE_UNAVAILABLE(Fault.CALLER),
    IMAGE_REFUSED(Fault.CALLER),
    IMAGE_IN_USE(Fault.CALLER),
    HOST_NOT_FOUND(Fault.CALLER),
    HOST_IN_USE(Fault.CALLER),
    HOST_REFUSED(Fault.CALLER),
    NETWORK_NOT_FOUND(Fault.CALLER),
    GROUP_NOT_FOUND(Fault.CALLER),
    GROUP_IN_USE(Fault.CALLER),
    ACCOUNT_NOT_FOUND(Fault.CALLER),
    ACCOUNT_IN_USE(Fault.CALLER),
    USER_NOT_FOUND(Fault.CALLER),
    NAME_TAKEN(Fault.CALLER),
    INVALID(Fault.CALLER),
    /** The thing's state does not allow it. */
    WRONG_STATE(Fault.CALLER),
    /** Somebody has asked that it not be done. */
    PROTECTED(Fault.CALLER),
    NOT_ALLOWED(Fault.CALLER),
    /** The account holds as much as it may. */
    LIMIT_EXCEEDED(Fault.CALLER),
    /** No host, or too few, have room now. */
    NO_CAPACITY(Fault.BUSY),
    NO_ADDRESS(Fault.BUSY),
    /** A host did not answer. */
    HOST_UNAVAILABLE(Fault.BUSY);

    /** Whose turn it is to mend it. */
    public enum Fault {
        CALLER,
        /** Full or busy: the same request may be granted later. */
        BUSY
    }

    private final Fault fault;

    ErrorCode(Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
