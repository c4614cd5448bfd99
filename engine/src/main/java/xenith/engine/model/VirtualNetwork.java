package xenith.engine.model;

/**
 * A network that virtual machines are attached to, with the addresses that may be leased on it.
 *
 * @param bridge name of the bridge on every host that carries the network
 * @param subnet IPv4
 * @param first the first address that may be leased
 * @param last the last address that may be leased
 * @param gateway the hosts' address in it
 */
public record VirtualNetwork(
        NetworkId id, String name, String bridge, Subnet subnet, Ipv4 first, Ipv4 last, Ipv4 gateway) {
    public VirtualNetwork {
        Checks.text("network name", name, 64);
        // The kernel's IFNAMSIZ is 16 with its terminating zero.
        Checks.text("bridge", bridge, 15);
        if (!subnet.contains(first) || !subnet.contains(last) || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("range " + first + " to " + last + " does not lie in " + subnet);
        }
        if (!subnet.contains(gateway)) {
            throw new IllegalArgumentException("gateway " + gateway + " does not lie in " + subnet);
        }
    }
}
