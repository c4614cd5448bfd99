package xenith.gateway.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.service.EngineException;
import xenith.engine.service.HostRegistry;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;

/**
 * The hosts that the configuration speaks of: {@code local}, or {@code sim-1} to {@code sim-N}. A changed setting is
 * applied as far as no machine suffers; what is not applied is said.
 */
final class ConfiguredHosts {
    static final String LOCAL = "local";

    private static final Pattern SIMULATED = Pattern.compile("sim-([0-9]{1,5})");

    /** By this reason a host is known again when the setting rises. */
    private static final String SURPLUS = "sim.hosts says fewer";

    private final Configuration configuration;
    private final String driver;
    private final HostRegistry hosts;

    ConfiguredHosts(Configuration configuration) {
        this.configuration = configuration;
        this.driver = configuration.driver().toString();
        this.hosts = new HostRegistry(Set.of(driver));
    }

    /**
     * Adds, changes and removes hosts as the configuration says.
     *
     * @param localUri where the host {@code local} is
     * @return what differs from the configuration nevertheless, in sentences
     * @throws IllegalArgumentException when the cloud's hosts are on another driver
     */
    List<String> apply(Transaction tx, Caller operator, String localUri) {
        requireDriver(tx);
        List<String> remarks = new ArrayList<>();
        switch (configuration.driver()) {
            case LIBVIRT, PROCESS -> {
                if (configuration.hasLocalHost()) {
                    addHost(tx, operator, LOCAL, localUri);
                }
            }
            case SIM -> {
                for (int number = 1; number <= configuration.simulatedHosts(); number++) {
                    addHost(tx, operator, "sim-" + number, "sim://sim-" + number);
                }
                removeSurplus(tx, operator, remarks);
            }
        }
        remarkOnZones(tx, remarks);
        return remarks;
    }

    private void requireDriver(Transaction tx) {
        tx.state().all(Hosts.TABLE).stream()
                .filter(host -> !host.driver().equals(driver))
                .findFirst()
                .ifPresent(host -> {
                    throw new IllegalArgumentException("driver is " + driver + ", and this cloud's hosts are on driver "
                            + host.driver() + ": write 'driver = " + host.driver() + "' into xenith.conf");
                });
    }

    /** The configuration's word on where its host is holds at each start. */
    private void addHost(Transaction tx, Caller operator, String name, String uri) {
        Optional<Host> known = hosts.byName(tx.state(), name);
        if (known.isEmpty()) {
            hosts.add(
                    tx, operator, new HostRegistry.NewHost(name, driver, uri, Optional.empty(), configuration.zone()));
            return;
        }
        Host host = known.get();
        if (host.wish() == HostState.DISABLED && host.wishReason().equals(SURPLUS)) {
            host = hosts.set(tx, operator, host.id(), HostState.ON);
        }
        if (!host.uri().equals(uri)) {
            tx.put(Hosts.TABLE, host.withUri(uri));
        }
    }

    private void removeSurplus(Transaction tx, Caller operator, List<String> remarks) {
        List<Host> surplus =
                tx.state().all(Hosts.TABLE).stream().filter(this::isSurplus).toList();
        int kept = 0;
        for (Host host : surplus) {
            try {
                hosts.remove(tx, operator, host.id());
            } catch (EngineException inUse) {
                disable(tx, host);
                kept++;
            }
        }
        if (kept > 0) {
            remarks.add("sim.hosts is " + configuration.simulatedHosts() + ": " + kept
                    + " hosts beyond that still have machines; they take no more and go at a start without");
        }
    }

    private boolean isSurplus(Host host) {
        Matcher name = SIMULATED.matcher(host.name());
        return name.matches() && Integer.parseInt(name.group(1)) > configuration.simulatedHosts();
    }

    private static void disable(Transaction tx, Host host) {
        // A host that is off, or is drained or disabled by an operator, takes no machines either, and stays as it is.
        if (host.state() == HostState.ON || (host.silent() && host.wish() == HostState.ON)) {
            tx.put(
                    Hosts.TABLE,
                    host.silent()
                            ? host.wishing(HostState.DISABLED, SURPLUS)
                            : host.withState(HostState.DISABLED, SURPLUS));
            tx.emit(EventKind.HOST_CHANGED, "host/" + host.id(), Optional.empty(), HostState.DISABLED.toString());
        }
    }

    private void remarkOnZones(Transaction tx, List<String> remarks) {
        Set<String> others = new TreeSet<>();
        int count = 0;
        for (Host host : tx.state().all(Hosts.TABLE)) {
            boolean configured =
                    host.name().equals(LOCAL) || SIMULATED.matcher(host.name()).matches();
            if (configured && !host.zone().equals(configuration.zone())) {
                others.add(host.zone());
                count++;
            }
        }
        if (count > 0) {
            remarks.add("cloud.zone is " + configuration.zone() + " for new hosts: " + count
                    + " that were there before stay in " + String.join(", ", others));
        }
    }
}
