package xenith.engine.ownership;

import xenith.engine.model.HostId;

/** A host is no longer this gateway's to act on: what it did there is for the new owner to find out. */
public class NotOwnedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotOwnedException(HostId host) {
        super("host " + host + " is no longer this gateway's");
    }
}
