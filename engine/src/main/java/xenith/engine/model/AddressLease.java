package xenith.engine.model;

/** An address of a network that one virtual machine holds from its creation to its end. */
public record AddressLease(NetworkId network, Ipv4 address, String mac, VmId vm) {
    public AddressLease {
        if (!mac.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")) {
            throw new IllegalArgumentException("'" + mac + "' is not a MAC address");
        }
    }

    /** What identifies a lease: one address of one network is held once. */
    public record Key(NetworkId network, Ipv4 address) {}

    public Key key() {
        return new Key(network, address);
    }
}
