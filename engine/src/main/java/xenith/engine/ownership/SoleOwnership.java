package xenith.engine.ownership;

import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.tables.Operations;

/** Everything is the only gateway's. */
public final class SoleOwnership implements Ownership {
    private static final Optional<Long> ONLY_EPOCH = Optional.of(0L);

    private final Store store;

    public SoleOwnership(Store store) {
        this.store = store;
    }

    @Override
    public void start() {
        store.write(tx -> {
            CutOff.apply(tx, tx.state().all(Operations.TABLE).stream(), "a restart");
            return null;
        });
    }

    @Override
    public Optional<Long> epochOf(Snapshot state, HostId host) {
        return ONLY_EPOCH;
    }

    @Override
    public boolean leads(Snapshot state) {
        return true;
    }

    @Override
    public boolean isCertain() {
        return true;
    }

    @Override
    public void close() {}
}
