package xenith.engine.lease;

import java.util.List;

/** Brings to nodes what leases boot, or knows that nothing has to be brought. */
interface Preparation {
    /** When a lease could start. */
    EarliestStarts earliest(Lease lease, long now);

    /** Whether what a reservation needs can be there at its time, wherever it goes. */
    boolean canBeReady(Lease lease, long now);

    /**
     * Books what has to be brought.
     *
     * @return the slots for it; whether nothing has to be waited for
     */
    Prepared prepare(Lease lease, Stay stay, EarliestStarts earliest, long now);

    /** An estimate from above of how long a suspended lease's images take to another node. */
    long migrationMillis(Lease lease);

    /** Slots in which a suspended lease's images move. */
    List<Slot> migrate(Lease lease, Stay next, long from);

    /** A suspended lease's images have left the nodes of a stay. */
    void migrated(Stay from);

    /** Whether the lease of this slot still waits for it. */
    boolean isWanted(Slot transfer);

    /**
     * The image of this slot has arrived.
     *
     * @return leases that have all that they waited for
     */
    List<Lease> arrived(Slot transfer);

    /**
     * A lease gives its stay up before it has begun.
     *
     * @return slots that nobody needs any more
     */
    List<Slot> cancel(Lease lease);

    /** A lease has ended. */
    void release(Lease lease);

    /** @param slots to be put into the table */
    record Prepared(List<Slot> slots, boolean ready) {}
}
