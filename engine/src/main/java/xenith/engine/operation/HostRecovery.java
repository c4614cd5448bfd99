package xenith.engine.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.ownership.Ownership;
import xenith.engine.port.DriverException;
import xenith.engine.port.Fencing;
import xenith.engine.port.HostEndpoint;
import xenith.engine.store.Store;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/**
 * Has hosts fenced that have machines and do not answer for long, and lets their machines go once that is certain. A host
 * that cannot be fenced keeps its machines: they may still run there. Thread-safe.
 */
public final class HostRecovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostRecovery.class);

    private static final String NOT_FENCED = "; not fenced: ";

    private static final int MAX_REASON_CHARS = 1_000;

    /** How often hosts are looked through; small against the time that a host is given. */
    private static final int LOOKS_PER_WAIT = 10;

    private final Store store;
    private final Ownership ownership;
    private final HostRuntimes hosts;
    private final RecoverySettings recovery;
    private final Clock clock;
    private final EngineTimer timer = new EngineTimer("recovery", 1);
    /** When each host is to be fenced, if it is still in error then. */
    private final Map<HostId, Instant> dueAt = new HashMap<>();

    public HostRecovery(Store store, Ownership ownership, HostRuntimes hosts, RecoverySettings recovery, Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.hosts = hosts;
        this.recovery = recovery;
        this.clock = clock;
    }

    /** Looks from time to time; without a fencing there is nothing to do. */
    public void start() {
        recovery.fencing().ifPresent(this::lookAgain);
    }

    private void lookAgain(Fencing fencing) {
        timer.after(Math.max(1, recovery.afterMillis() / LOOKS_PER_WAIT), () -> {
            EngineTimer.logged(() -> look(fencing));
            lookAgain(fencing);
        });
    }

    private void look(Fencing fencing) {
        Instant now = clock.instant();
        boolean leads = ownership.leads(store.state()) && ownership.isCertain();
        for (Host host : store.state().all(Hosts.TABLE)) {
            boolean lost = leads
                    && host.state() == HostState.ERROR
                    && Vms.onHost(store.state(), host.id()).anyMatch(vm -> !vm.ended() && !vm.released());
            if (!lost) {
                dueAt.remove(host.id());
            } else if (!dueAt.computeIfAbsent(host.id(), absent -> now.plusMillis(recovery.afterMillis()))
                    .isAfter(now)) {
                dueAt.put(host.id(), now.plusMillis(recovery.afterMillis()));
                fence(fencing, host);
            }
        }
    }

    private void fence(Fencing fencing, Host host) {
        HostEndpoint endpoint = new HostEndpoint(
                host.id(), host.name(), host.uri(), host.migrationAddress(), Cloud.uuidOf(store.state()));
        try {
            hosts.call("fencing of host " + host.name(), () -> {
                fencing.fence(endpoint);
                return true;
            });
        } catch (DriverException failure) {
            LOG.warn("host {} could not be fenced: {}", host.name(), failure.getMessage());
            store.write(tx -> {
                tx.find(Hosts.TABLE, host.id())
                        .filter(Host::silent)
                        .ifPresent(now -> tx.put(Hosts.TABLE, now.silenced(reason(now, failure))));
                tx.emit(
                        EventKind.HOST_FENCING_FAILED,
                        "host/" + host.id(),
                        Optional.empty(),
                        String.valueOf(failure.getMessage()));
                return null;
            });
            return;
        }
        store.write(tx -> tx.find(Hosts.TABLE, host.id())
                .filter(now -> now.state() == HostState.ERROR)
                .map(now -> HostLoss.apply(tx, now, recovery.restarts(), "fenced after it had not answered")));
    }

    /** Why it does not answer, and what became of its last fencing. */
    private static String reason(Host host, DriverException failure) {
        int before = host.reason().indexOf(NOT_FENCED);
        String silence = before < 0 ? host.reason() : host.reason().substring(0, before);
        String whole = silence + NOT_FENCED + failure.getMessage();
        return whole.length() <= MAX_REASON_CHARS ? whole : whole.substring(0, MAX_REASON_CHARS);
    }

    @Override
    public void close() {
        timer.close();
    }
}
