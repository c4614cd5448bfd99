package xenith.engine.lease;

import java.util.List;

/** Images are where they are needed. */
final class NoPreparation implements Preparation {
    private final int nodes;

    NoPreparation(int nodes) {
        this.nodes = nodes;
    }

    @Override
    public EarliestStarts earliest(Lease lease, long now) {
        return EarliestStarts.everywhere(nodes, Earliest.now(now));
    }

    @Override
    public boolean canBeReady(Lease lease, long now) {
        return true;
    }

    @Override
    public Prepared prepare(Lease lease, Stay stay, EarliestStarts earliest, long now) {
        return new Prepared(List.of(), true);
    }

    @Override
    public long migrationMillis(Lease lease) {
        return 0;
    }

    @Override
    public List<Slot> migrate(Lease lease, Stay next, long from) {
        return List.of();
    }

    @Override
    public void migrated(Stay from) {
        // Nothing is kept anywhere.
    }

    @Override
    public boolean isWanted(Slot transfer) {
        throw new IllegalStateException(transfer + " was never booked here");
    }

    @Override
    public List<Lease> arrived(Slot transfer) {
        throw new IllegalStateException(transfer + " was never booked here");
    }

    @Override
    public List<Slot> cancel(Lease lease) {
        return List.of();
    }

    @Override
    public void release(Lease lease) {
        // Nothing is kept anywhere.
    }
}
