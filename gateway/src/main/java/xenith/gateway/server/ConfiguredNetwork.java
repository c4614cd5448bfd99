package xenith.gateway.server;

import java.util.ArrayList;
import java.util.List;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.store.Transaction;

/**
 * The cloud's first network. It is made once, since guests hold leases of its addresses and hosts have its bridge; a
 * setting that is changed later is said to be without effect.
 */
final class ConfiguredNetwork {
    private final VirtualNetwork configured;
    private final NetworkRegistry networks = new NetworkRegistry();

    ConfiguredNetwork(Configuration configuration) {
        this.configured = configuration.network();
    }

    /** @return the settings that differ from the network that there is, in sentences */
    List<String> apply(Transaction tx) {
        return networks.byName(tx.state(), configured.name())
                .map(this::differences)
                .orElseGet(() -> {
                    networks.create(tx, configured);
                    return List.of();
                });
    }

    private List<String> differences(VirtualNetwork made) {
        List<String> remarks = new ArrayList<>();
        compare("network.bridge", configured.bridge(), made.bridge(), remarks);
        compare("network.subnet", configured.subnet(), made.subnet(), remarks);
        compare("network.first", configured.first(), made.first(), remarks);
        compare("network.last", configured.last(), made.last(), remarks);
        compare("network.gateway", configured.gateway(), made.gateway(), remarks);
        return remarks;
    }

    private static void compare(String setting, Object configured, Object made, List<String> remarks) {
        if (!configured.equals(made)) {
            remarks.add(setting + " is " + configured + " and has no effect: the first network was made with " + made);
        }
    }
}
