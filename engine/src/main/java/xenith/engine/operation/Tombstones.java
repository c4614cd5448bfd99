package xenith.engine.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.HostId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.store.Store;
import xenith.engine.tables.EndProtections;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** Removes ended machines once nobody needs to remember them, with what their hosts kept of them, and old events. */
public final class Tombstones implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);
    private static final long SWEEP_MILLIS = 60_000;

    /** Who has not read an event in a month does not need it. */
    private static final long EVENTS_MILLIS = 30 * 24 * 3_600_000L;

    private final Store store;
    private final Ownership ownership;
    private final HostRuntimes hosts;
    private final EngineSettings settings;
    private final Clock clock;
    private final EngineTimer timer;

    public Tombstones(Store store, Ownership ownership, HostRuntimes hosts, EngineSettings settings, Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.hosts = hosts;
        this.settings = settings;
        this.clock = clock;
        this.timer = new EngineTimer("tombstones", 1);
    }

    public void start() {
        timer.after(SWEEP_MILLIS, () -> {
            if (ownership.leads(store.state())) {
                EngineTimer.logged(this::sweep);
                EngineTimer.logged(() -> store.forgetEvents(clock.instant().minusMillis(EVENTS_MILLIS)));
            }
            start();
        });
    }

    @Override
    public void close() {
        timer.close();
    }

    /** Removes the tombstones whose time is over. A host that does not answer keeps its own until it does. */
    void sweep() {
        Instant limit = clock.instant().minusMillis(settings.tombstoneMillis());
        List<VirtualMachine> old = store.state()
                .by(Vms.ENDED, Vms.TABLE, true)
                .filter(vm -> vm.endedAt().filter(limit::isAfter).isPresent())
                .toList();
        for (VirtualMachine vm : old) {
            try {
                Optional<HostId> host = vm.host()
                        .filter(id -> store.state().find(Hosts.TABLE, id).isPresent());
                if (host.isPresent()) {
                    hosts.ask(host.get(), "the console log of vm " + vm.id(), access -> {
                        access.hypervisor().forget(vm.uuid());
                        return true;
                    });
                } else {
                    hosts.forget(vm.uuid());
                }
                store.write(tx -> {
                    tx.remove(EndProtections.TABLE, vm.id());
                    tx.remove(GroupMembers.TABLE, vm.id());
                    return tx.remove(Vms.TABLE, vm.id());
                });
            } catch (DriverException | RuntimeException failure) {
                LOG.info("the tombstone of vm {} stays for now: {}", vm.id(), failure.getMessage());
            }
        }
    }
}
