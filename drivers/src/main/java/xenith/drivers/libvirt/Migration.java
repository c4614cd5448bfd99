package xenith.drivers.libvirt;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * One machine's move from a host to another.
 *
 * <p>The hosts carry it out among themselves where they can: then it goes on to its end, at one host or the other, when
 * this process dies. A move that this process leads would leave a copy that waits at the target and a guest that stands
 * still at the source.
 */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    /** virDomainMigrateFlags. */
    private static final int LIVE = 1;

    private static final int PEER_TO_PEER = 2;
    /** virDomainJobType: there is none. */
    private static final int NO_JOB = 0;
    /** How long an earlier move of the same machine may still go on, as one whose caller has died. */
    private static final Duration EARLIER_MOVE = Duration.ofMinutes(10);

    /** How long a source that has been lost meanwhile is waited for. */
    private static final Duration RECONNECT = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(500);
    /** What libvirt says when the target's libvirtd was not there, before anything was begun. */
    private static final String NO_PEER = "Failed to connect to remote libvirt";
    /** What libvirt says when the memory could not be sent: the target has not been let go on, and never will be. */
    private static final String NOT_SENT = "Failed to send migration data";

    private static final long KIB_PER_MIB = 1024;
    private static final long BYTES_PER_MIB = 1024 * 1024;

    private final UUID vm;
    private final DomainDialect dialect;
    private final HostEndpoint source;
    private final HostEndpoint target;
    private final LibvirtConnection here;
    private final LibvirtConnection there;

    /**
     * @param dialect of both hosts
     * @param here to the source
     * @param there to the target
     */
    Migration(
            UUID vm,
            DomainDialect dialect,
            HostEndpoint source,
            LibvirtConnection here,
            HostEndpoint target,
            LibvirtConnection there) {
        this.dialect = dialect;
        this.vm = vm;
        this.source = source;
        this.here = here;
        this.target = target;
        this.there = there;
    }

    /** What the two hosts have of the machine. */
    private record Sides(Optional<DomainState> here, Optional<DomainState> there) {
        boolean copyWaits() {
            return there.equals(Optional.of(DomainState.PAUSED));
        }

        boolean arrived() {
            return here.isEmpty()
                    && there.filter(state -> state == DomainState.RUNNING || state == DomainState.SHUTTING_DOWN)
                            .isPresent();
        }
    }

    void run(boolean live) throws DriverException {
        awaitEarlierMove();
        Sides sides = look();
        if (sides.arrived()) {
            return;
        }
        DomainState state = sides.here()
                .orElseThrow(() -> new DriverException(
                        Failure.REFUSED, "migrate: there is no domain " + vm + " on host " + source.name()));
        if (sides.there().isPresent()) {
            endCopy(sides);
        }
        if (state != DomainState.RUNNING) {
            throw new DriverException(
                    Failure.REFUSED, "migrate: domain " + vm + " is " + state + ", and only a running one moves");
        }
        refuseWithoutRoom();
        try {
            move(live ? LIVE : 0);
        } catch (DriverException e) {
            settleOrSayUnknown(e);
        }
    }

    /** A host that is lost while it is asked leaves the outcome open. */
    private void settleOrSayUnknown(DriverException failure) throws DriverException {
        try {
            settle(failure);
        } catch (DriverException e) {
            throw e.failure() == Failure.UNREACHABLE ? unknown(failure, e.getMessage()) : e;
        }
    }

    /** Without, the target would say so only when a guest that must stand still has done so. */
    private void refuseWithoutRoom() throws DriverException {
        if (!dialect.reservesMemory()) {
            return;
        }
        long neededMib = here.ask(what(), connect -> {
            Domain domain = connect.domainLookupByUUIDString(vm.toString());
            long mib = domain.getInfo().memory / KIB_PER_MIB;
            domain.free();
            return mib;
        });
        long freeMib = there.ask(what(), connect -> connect.getFreeMemory() / BYTES_PER_MIB);
        if (neededMib > freeMib) {
            throw new DriverException(
                    Failure.FAILED,
                    "migrate: host " + target.name() + " has " + freeMib + " MiB of memory free, not " + neededMib);
        }
    }

    private void move(int liveFlag) throws DriverException {
        MigrationRoute route = MigrationRoute.to(target);
        if (route.control().isPresent()) {
            try {
                here.change(
                        what(),
                        connect -> connect.migrateAmongHosts(
                                vm, route.control().get(), route.data(), liveFlag | PEER_TO_PEER));
                return;
            } catch (DriverException e) {
                if (e.failure() == Failure.UNKNOWN || !e.getMessage().contains(NO_PEER)) {
                    throw e;
                }
                LOG.info("host {} cannot reach {}; moving domain {} from here", source.name(), target.name(), vm);
            }
        }
        there.change(
                what(),
                targetConnect ->
                        here.change(what(), connect -> connect.migrateTo(targetConnect, vm, route.data(), liveFlag)));
    }

    /** A caller that died has perhaps left a move that the hosts go on with. */
    private void awaitEarlierMove() throws DriverException {
        awaitEarlier(here, vm, what());
    }

    /**
     * Waits while the host moves or saves the domain for a caller that is gone.
     *
     * @throws DriverException {@code UNKNOWN} when that takes too long
     */
    static void awaitEarlier(LibvirtConnection source, UUID vm, String what) throws DriverException {
        long end = System.nanoTime() + EARLIER_MOVE.toNanos();
        while (goesOn(source, vm)) {
            if (System.nanoTime() - end > 0) {
                throw new DriverException(
                        Failure.UNKNOWN,
                        what + ": an earlier one has not ended within " + EARLIER_MOVE.toMinutes() + " minutes");
            }
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new DriverException(Failure.UNKNOWN, what + ": interrupted while an earlier one goes on");
            }
        }
    }

    /** Whether the host still moves the domain away, or saves it. */
    static boolean goesOn(LibvirtConnection source, UUID vm) throws DriverException {
        return source.ask("the move of domain " + vm, connect -> {
            Optional<Domain> domain = Domains.find(connect, vm);
            if (domain.isEmpty()) {
                return false;
            }
            try {
                return domain.get().getJobInfo().getType() != NO_JOB;
            } catch (LibvirtException e) {
                if (ErrorTable.connectionIsAtFault(e.getError())) {
                    throw e;
                }
                // A driver that knows no jobs has none that outlive their callers.
                return false;
            } finally {
                domain.get().free();
            }
        });
    }

    /**
     * After a failure: says truly where the machine is, and mends what libvirt has left, so that it executes here and
     * nowhere else.
     */
    private void settle(DriverException failure) throws DriverException {
        if (failure.failure() == Failure.UNKNOWN || !here.alive()) {
            settleAnew(failure);
            return;
        }
        boolean notSent = failure.getMessage().contains(NOT_SENT);
        if (notSent && dialect.leavesGuestsStanding()) {
            StandingGuests.letGoOn(here, vm);
        }
        if (!there.alive() || !reachable()) {
            if (notSent && resumed()) {
                throw failed(failure);
            }
            throw unknown(failure, "host " + target.name() + " does not say whether it has the domain");
        }
        Sides sides = look();
        if (sides.arrived()) {
            return;
        }
        if (sides.there().isPresent()) {
            endCopyOrGoOnBeside(sides, failure);
        }
        if (sides.here().isEmpty()) {
            throw unknown(failure, "host " + source.name() + " has it no longer, and no whole copy has arrived");
        }
        if (!resumed()) {
            throw unknown(failure, "it does not go on at host " + source.name());
        }
        throw failed(failure);
    }

    /** A copy that waits after the move has failed waits for ever: the guest need not stand still until it is gone. */
    private void endCopyOrGoOnBeside(Sides sides, DriverException failure) throws DriverException {
        try {
            endCopy(sides);
        } catch (DriverException notEnded) {
            if (sides.copyWaits() && sides.here().isPresent() && !resumed()) {
                LOG.warn("domain {} does not go on at host {}", vm, source.name());
            }
            throw unknown(failure, notEnded.getMessage());
        }
    }

    /**
     * A source whose target has died hears nobody until its memory's connection has timed out: the connection to it is
     * lost then, and another one tells how it has ended.
     */
    private void settleAnew(DriverException failure) throws DriverException {
        try (LibvirtConnection again = reconnect(failure)) {
            Migration anew = new Migration(vm, dialect, source, again, target, there);
            anew.awaitEarlierMove();
            if (dialect.leavesGuestsStanding() && anew.stateAt(again, source).isPresent()) {
                StandingGuests.letGoOn(again, vm);
            }
            if (!there.alive() || !reachable()) {
                throw unknown(failure, "host " + target.name() + " does not say whether it has the domain");
            }
            anew.settle(new DriverException(Failure.FAILED, failure.getMessage(), failure));
        }
    }

    private LibvirtConnection reconnect(DriverException failure) throws DriverException {
        HostUri uri = HostUri.parse(source.uri());
        long end = System.nanoTime() + RECONNECT.toNanos();
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            try {
                return LibvirtConnection.open(uri);
            } catch (DriverException e) {
                LOG.debug("host {}: {}", source.name(), e.getMessage());
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        throw unknown(failure, "its outcome is not known");
    }

    private boolean reachable() {
        try {
            stateAt(there, target);
            return true;
        } catch (DriverException e) {
            LOG.debug("host {}: {}", target.name(), e.getMessage());
            return false;
        }
    }

    /** A copy that waits at the target has never executed, and must not begin to. */
    private void endCopy(Sides sides) throws DriverException {
        if (!sides.copyWaits()) {
            throw new DriverException(
                    Failure.UNKNOWN, what() + ": both hosts have the domain, and " + target.name() + " executes it");
        }
        there.change("ending the copy of domain " + vm + " on host " + target.name(), connect -> {
            Optional<Domain> copy = Domains.find(connect, vm);
            if (copy.isPresent()) {
                copy.get().destroy();
                copy.get().free();
            }
        });
        LOG.warn(
                "domain {} had a copy on host {} that waited for a move that has failed; it is gone",
                vm,
                target.name());
    }

    private boolean resumed() throws DriverException {
        if (stateAt(here, source).equals(Optional.of(DomainState.PAUSED))) {
            here.change("resuming domain " + vm, connect -> {
                Domain domain = connect.domainLookupByUUIDString(vm.toString());
                domain.resume();
                domain.free();
            });
        }
        return stateAt(here, source).equals(Optional.of(DomainState.RUNNING));
    }

    private Sides look() throws DriverException {
        return new Sides(stateAt(here, source), stateAt(there, target));
    }

    private Optional<DomainState> stateAt(LibvirtConnection connection, HostEndpoint endpoint) throws DriverException {
        Optional<DomainReport> report = connection.ask("domain " + vm + " on host " + endpoint.name(), connect -> {
            Optional<Domain> found = Domains.find(connect, vm);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Domains.report(connect, found.get());
            } finally {
                found.get().free();
            }
        });
        if (report.isPresent() && !report.get().belongsTo(source.cloud())) {
            throw new DriverException(
                    Failure.REFUSED, "domain " + vm + " on host " + endpoint.name() + " is not this cloud's");
        }
        return report.map(DomainReport::state);
    }

    private String what() {
        return "migration of domain " + vm + " from host " + source.name() + " to " + target.name();
    }

    private static DriverException unknown(DriverException failure, String why) {
        return new DriverException(Failure.UNKNOWN, failure.getMessage() + "; " + why, failure);
    }

    /** What a host refuses it may take later, when it has other neighbours. */
    private static DriverException failed(DriverException failure) {
        return failure.failure() == Failure.UNREACHABLE
                ? new DriverException(Failure.FAILED, failure.getMessage(), failure)
                : failure;
    }
}
