package xenith.gateway.ec2.actions;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;

/** The availability zones: those that hosts are in. Immutable. */
final class Zones {
    private final Map<String, Boolean> serving;

    private Zones(Map<String, Boolean> serving) {
        this.serving = serving;
    }

    /** Looks at every host, so once per call is enough. */
    static Zones of(Snapshot state) {
        Map<String, Boolean> serving = new TreeMap<>();
        for (Host host : state.all(Hosts.TABLE)) {
            serving.merge(host.zone(), host.state() == HostState.ON, Boolean::logicalOr);
        }
        return new Zones(serving);
    }

    /** In alphabetical order. */
    Set<String> names() {
        return serving.keySet();
    }

    /** Whether at least one of the zone's hosts takes machines. */
    boolean serves(String zone) {
        return serving.getOrDefault(zone, false);
    }
}
