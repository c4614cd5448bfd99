package xenith.engine.tables;

import java.util.Optional;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** Virtual networks. */
public final class Networks {
    public static final Index<String, NetworkId, VirtualNetwork> BY_NAME =
            new Index<>("network by name", network -> Optional.of(network.name()));

    public static final Table<NetworkId, VirtualNetwork> TABLE = Table.named("networks", VirtualNetwork::id)
            .keyNumber("id", network -> network.id().value())
            .text("name", VirtualNetwork::name)
            .text("bridge", VirtualNetwork::bridge)
            .text("subnet", network -> network.subnet().toString())
            .text("first_address", network -> network.first().toString())
            .text("last_address", network -> network.last().toString())
            .text("gateway", network -> network.gateway().toString())
            .index(BY_NAME)
            .readBy(row -> new VirtualNetwork(
                    new NetworkId(row.number("id")),
                    row.text("name"),
                    row.text("bridge"),
                    Subnet.parse(row.text("subnet")),
                    Ipv4.parse(row.text("first_address")),
                    Ipv4.parse(row.text("last_address")),
                    Ipv4.parse(row.text("gateway"))));

    private Networks() {}
}
