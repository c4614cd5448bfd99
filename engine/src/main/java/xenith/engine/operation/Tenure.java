package xenith.engine.operation;

import xenith.engine.model.HostId;
import xenith.engine.ownership.NotOwnedException;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.store.Transaction;

/** This gateway's right to act on one host, from when it took the host until it loses it. Thread-safe. */
record Tenure(HostId host, long epoch, Ownership ownership) {
    /** @throws NotOwnedException when it is over in the unit of work's state */
    void require(Transaction tx) {
        ownership.require(tx.state(), host, epoch);
    }

    /** Whether it stands as far as can be told without asking anybody. */
    boolean isCertain() {
        return ownership.isCertain();
    }

    /** @throws DriverException {@code UNREACHABLE} when it may be over, and nobody can be asked in time */
    void requireCertain() throws DriverException {
        if (!isCertain()) {
            throw new DriverException(
                    DriverException.Failure.UNREACHABLE,
                    "this gateway could not renew its hold on host " + host + " in time");
        }
    }
}
