package xenith.drivers.sim;

import static xenith.drivers.sim.SimDomain.NEVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.Capacity;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** What a host does when a call has reached it: from what is there to what changes. Called under the ledger's lock. */
final class SimActs {
    private final SimLedger ledger;
    private final SimHost host;
    private final long nowMillis;

    SimActs(SimLedger ledger, SimHost host, long nowMillis) {
        this.ledger = ledger;
        this.host = host;
        this.nowMillis = nowMillis;
    }

    /** @param crashesAtMillis when its guest will crash, or {@link SimDomain#NEVER} */
    List<SimChange> start(SimStart start, Capacity total, long crashesAtMillis) throws DriverException {
        Optional<SimDomain> active = ours(start.uuid(), start.cloud());
        if (active.isPresent()) {
            return List.of();
        }
        List<SimChange> changes = arrival(start, total, crashesAtMillis);
        Optional<SimClone> clone = host.find(SimKind.CLONE, start.uuid()).map(SimClone::booted);
        clone.ifPresent(booted -> changes.add(SimChange.put(SimKind.CLONE, host.name(), start.uuid(), booted)));
        long number = clone.map(SimClone::boots).orElse(1L);
        SimConsole log = host.find(SimKind.CONSOLE, start.uuid()).orElseGet(() -> emptyLog(clone));
        changes.add(put(start.uuid(), log.with(boot(start, number, crashesAtMillis))));
        return changes;
    }

    private List<SimChange> arrival(SimStart start, Capacity total, long crashesAtMillis) throws DriverException {
        long freeMib = total.memoryMib() - host.used(nowMillis).memoryMib();
        if (start.memoryMib() > freeMib) {
            throw new DriverException(
                    Failure.FAILED,
                    "host " + host.name() + " has " + freeMib + " MiB of memory free, not " + start.memoryMib());
        }
        List<SimChange> changes = new ArrayList<>();
        changes.add(put(SimDomain.started(start, nowMillis, crashesAtMillis)));
        UUID vm = start.uuid();
        SimTally before = ledger.tally(vm).orElse(new SimTally(vm, 0, 0, 0, host.name(), 0));
        boolean elsewhere = !before.host().equals(host.name())
                && ledger.host(before.host()).domain(vm, nowMillis).isPresent();
        changes.add(SimLedger.put(before.started(host.name(), start.operation(), elsewhere)));
        return changes;
    }

    private static SimConsole emptyLog(Optional<SimClone> clone) {
        return clone.map(SimClone::context)
                .map(told -> new SimConsole(told.instanceId(), told.hostname(), told.userDataBase64(), List.of()))
                .orElse(new SimConsole("", "localhost", "", List.of()));
    }

    private SimConsole.Boot boot(SimStart start, long number, long crashesAtMillis) {
        List<String> addresses = host.all(SimKind.CARD)
                .filter(card -> start.macs().contains(card.mac()))
                .map(SimCard::address)
                .toList();
        String ending = crashesAtMillis == NEVER ? "" : "Kernel panic - not syncing: simulated";
        return new SimConsole.Boot(number, nowMillis, start.kernelArguments(), addresses, crashesAtMillis, ending);
    }

    /** @param shutdownMillis how long the guest takes; empty when it will not */
    List<SimChange> requestShutdown(UUID vm, UUID cloud, Optional<Long> shutdownMillis) throws DriverException {
        Optional<SimDomain> domain = ours(vm, cloud);
        if (domain.isEmpty() || shutdownMillis.isEmpty() || domain.get().stateAt(nowMillis) != DomainState.RUNNING) {
            return List.of();
        }
        long endsAt = nowMillis + shutdownMillis.get();
        List<SimChange> changes = new ArrayList<>(List.of(put(domain.get().endingAt(endsAt))));
        changes.addAll(endOfBoot(vm, endsAt, "reboot: Power down"));
        return changes;
    }

    List<SimChange> destroy(UUID vm, UUID cloud) throws DriverException {
        if (ours(vm, cloud).isEmpty()) {
            return List.of();
        }
        return end(vm);
    }

    /** Switches the domain off, whosever it is. */
    List<SimChange> end(UUID vm) {
        List<SimChange> changes = new ArrayList<>(List.of(removeDomain(vm)));
        changes.addAll(endOfBoot(vm, nowMillis, ""));
        return changes;
    }

    List<SimChange> reboot(UUID vm, UUID cloud) throws DriverException {
        SimDomain domain = present("reboot", vm, cloud);
        List<SimChange> changes = new ArrayList<>();
        changes.add(put(SimDomain.started(domain.start(), nowMillis, NEVER)));
        Optional<SimClone> clone = host.find(SimKind.CLONE, vm).map(SimClone::booted);
        clone.ifPresent(booted -> changes.add(SimChange.put(SimKind.CLONE, host.name(), vm, booted)));
        SimConsole log = host.find(SimKind.CONSOLE, vm).orElseGet(() -> emptyLog(clone));
        SimConsole ended = log.boots().isEmpty() ? log : log.endedAt(nowMillis, "reboot: Restarting system");
        long number = clone.map(SimClone::boots).orElse(1L);
        changes.add(put(vm, ended.with(boot(domain.start(), number, NEVER))));
        ledger.tally(vm).ifPresent(tally -> changes.add(SimLedger.put(tally.rebooted())));
        return changes;
    }

    List<SimChange> pause(UUID vm, UUID cloud, boolean paused) throws DriverException {
        SimDomain domain = present(paused ? "pause" : "unpause", vm, cloud);
        if (domain.crashedAt(nowMillis)) {
            throw new DriverException(Failure.FAILED, "domain " + vm + " has crashed");
        }
        return domain.paused() == paused ? List.of() : List.of(put(domain.pausing(paused)));
    }

    List<SimChange> save(UUID vm, UUID cloud, String file) throws DriverException {
        boolean saved = host.find(SimKind.MEMORY, file)
                .map(SimMemory::vm)
                .filter(vm::equals)
                .isPresent();
        if (ours(vm, cloud).isEmpty() && saved) {
            return List.of();
        }
        present("save", vm, cloud);
        return List.of(removeDomain(vm), SimChange.put(SimKind.MEMORY, host.name(), file, new SimMemory(vm)));
    }

    List<SimChange> restore(SimStart start, Capacity total, String file) throws DriverException {
        Optional<SimDomain> active = ours(start.uuid(), start.cloud());
        Optional<SimMemory> memory = host.find(SimKind.MEMORY, file);
        if (active.isEmpty()
                && memory.filter(saved -> saved.vm().equals(start.uuid())).isEmpty()) {
            throw new DriverException(Failure.REFUSED, "saved memory '" + file + "' is missing on host " + host.name());
        }
        List<SimChange> changes = active.isEmpty() ? arrival(start, total, NEVER) : new ArrayList<>();
        // Memory that has gone on must never be gone back to: its disks have moved on as well.
        changes.add(SimChange.remove(SimKind.MEMORY, host.name(), file));
        return changes;
    }

    List<SimChange> migrate(UUID vm, UUID cloud, SimHost target, Capacity targetTotal) throws DriverException {
        Optional<SimDomain> here = ours(vm, cloud);
        if (here.isEmpty() && target.domain(vm, nowMillis).isPresent()) {
            return List.of();
        }
        SimDomain domain = present("migrate", vm, cloud);
        if (domain.stateAt(nowMillis) != DomainState.RUNNING) {
            throw new DriverException(
                    Failure.REFUSED,
                    "migrate: domain " + vm + " is " + domain.stateAt(nowMillis) + ", and only a running one moves");
        }
        long freeMib = targetTotal.memoryMib() - target.used(nowMillis).memoryMib();
        if (domain.memoryMib() > freeMib) {
            throw new DriverException(
                    Failure.FAILED,
                    "migrate: host " + target.name() + " has " + freeMib + " MiB of memory free, not "
                            + domain.memoryMib());
        }
        List<SimChange> changes = new ArrayList<>();
        changes.add(removeDomain(vm));
        changes.add(SimChange.put(SimKind.DOMAIN, target.name(), vm, domain.arrivedAt(nowMillis)));
        // Its guest writes on; what it wrote here stays until the host is left.
        host.find(SimKind.CONSOLE, vm)
                .ifPresent(log -> changes.add(SimChange.put(SimKind.CONSOLE, target.name(), vm, log)));
        ledger.tally(vm).ifPresent(tally -> changes.add(SimLedger.put(tally.movedTo(target.name()))));
        return changes;
    }

    /** The next host's log has the whole text already, so that nothing is lost with this one. */
    List<SimChange> leave(UUID vm, UUID cloud) throws DriverException {
        if (ours(vm, cloud).isPresent()) {
            throw new DriverException(Failure.REFUSED, "leave: domain " + vm + " is active on host " + host.name());
        }
        return host.find(SimKind.CONSOLE, vm).stream()
                .map(log -> SimChange.remove(SimKind.CONSOLE, host.name(), vm))
                .toList();
    }

    List<SimChange> resize(UUID vm, UUID cloud, int vcpus, long memoryMib) throws DriverException {
        SimDomain domain = present("resize", vm, cloud);
        if (vcpus > domain.start().vcpus() || memoryMib > domain.start().memoryMib()) {
            throw new DriverException(
                    Failure.REFUSED,
                    "resize: domain " + vm + " may have " + domain.start().vcpus() + " processors and "
                            + domain.start().memoryMib() + " MiB of memory at most");
        }
        SimDomain sized = domain.sized(vcpus, memoryMib);
        return sized.equals(domain) ? List.of() : List.of(put(sized));
    }

    private Optional<SimDomain> ours(UUID vm, UUID cloud) throws DriverException {
        Optional<SimDomain> domain = host.domain(vm, nowMillis);
        if (domain.isPresent() && !domain.get().start().cloud().equals(cloud)) {
            throw new DriverException(
                    Failure.REFUSED, "domain " + vm + " on host " + host.name() + " is not this cloud's");
        }
        return domain;
    }

    private SimDomain present(String what, UUID vm, UUID cloud) throws DriverException {
        return ours(vm, cloud)
                .orElseThrow(() -> new DriverException(
                        Failure.REFUSED, what + ": there is no domain " + vm + " on host " + host.name()));
    }

    private SimChange put(SimDomain domain) {
        return SimChange.put(SimKind.DOMAIN, host.name(), domain.start().uuid(), domain);
    }

    private SimChange put(UUID vm, SimConsole log) {
        return SimChange.put(SimKind.CONSOLE, host.name(), vm, log);
    }

    private SimChange removeDomain(UUID vm) {
        return SimChange.remove(SimKind.DOMAIN, host.name(), vm);
    }

    private List<SimChange> endOfBoot(UUID vm, long atMillis, String ending) {
        return host.find(SimKind.CONSOLE, vm).filter(log -> !log.boots().isEmpty()).stream()
                .map(log -> put(vm, log.endedAt(atMillis, ending)))
                .toList();
    }
}
