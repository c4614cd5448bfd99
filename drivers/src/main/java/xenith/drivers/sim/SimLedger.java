package xenith.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * All hosts' things, and the journal that keeps them. Changes are made one after the other and last microseconds; nobody
 * waits for a simulated host in here. Thread-safe.
 */
final class SimLedger implements AutoCloseable {
    private final Map<String, SimHost> hosts = new ConcurrentHashMap<>();
    /** What belongs to no host. */
    private final SimHost world = new SimHost("");

    private final SimJournal journal;
    private boolean open = true;

    SimLedger(Path directory, boolean shared, long compactAfterBytes) throws IOException {
        journal = SimJournal.open(directory, shared, compactAfterBytes, this::apply);
    }

    /** Decides what changes, from what is there. */
    @FunctionalInterface
    interface Act {
        List<SimChange> decide() throws DriverException;
    }

    SimHost host(String name) {
        return hosts.computeIfAbsent(name, SimHost::new);
    }

    Stream<SimHost> hosts() {
        return hosts.values().stream();
    }

    Optional<SimTally> tally(UUID vm) {
        return world.find(SimKind.TALLY, vm);
    }

    Stream<SimTally> tallies() {
        return world.all(SimKind.TALLY);
    }

    static SimChange put(SimTally tally) {
        return SimChange.put(SimKind.TALLY, "", tally.vm(), tally);
    }

    /** Does all that the act decides, or nothing. */
    synchronized void change(Act act) throws DriverException {
        if (!open) {
            throw new DriverException(Failure.UNREACHABLE, "the simulated world is closed");
        }
        try {
            try {
                journal.takeTurn(this::apply);
                write(act.decide());
            } finally {
                journal.endTurn();
            }
        } catch (IOException e) {
            throw new DriverException(Failure.UNKNOWN, "the simulated world's journal: " + e.getMessage(), e);
        }
    }

    private void write(List<SimChange> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        journal.append(changes);
        changes.forEach(this::apply);
        if (journal.isLong()) {
            forgetEndedMachines();
            journal.compact(
                    Stream.concat(world.changes(), hosts.values().stream().flatMap(SimHost::changes)));
        }
    }

    /** Sees what other processes have changed. */
    synchronized void refresh() throws DriverException {
        try {
            journal.catchUp(this::apply);
        } catch (IOException e) {
            throw new DriverException(Failure.UNREACHABLE, "the simulated world's journal: " + e.getMessage(), e);
        }
    }

    /** What is remembered of machines that are nowhere any more is bounded by the journal's length. */
    private void forgetEndedMachines() {
        tallies()
                .filter(tally ->
                        host(tally.host()).find(SimKind.DOMAIN, tally.vm()).isEmpty())
                .map(tally -> SimChange.remove(SimKind.TALLY, "", tally.vm()))
                .toList()
                .forEach(this::apply);
    }

    private void apply(SimChange change) {
        (change.host().isEmpty() ? world : host(change.host())).apply(change);
    }

    @Override
    public synchronized void close() throws IOException {
        open = false;
        journal.close();
    }
}
