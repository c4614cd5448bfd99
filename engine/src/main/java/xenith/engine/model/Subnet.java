package xenith.engine.model;

/** An IPv4 subnet in CIDR notation. {@code prefixLength} is 8 to 30. */
public record Subnet(Ipv4 address, int prefixLength) {
    public Subnet {
        if (prefixLength < 8 || prefixLength > 30) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not 8 to 30");
        }
        if ((address.bits() & ~maskBits(prefixLength)) != 0) {
            throw new IllegalArgumentException(address + "/" + prefixLength + " has host bits set");
        }
    }

    /** @throws IllegalArgumentException unless it is an address, a slash and a prefix length */
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' is not a subnet such as 10.0.0.0/24");
        }
        return new Subnet(Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(Ipv4 other) {
        return (other.bits() & maskBits(prefixLength)) == address.bits();
    }

    public Ipv4 netmask() {
        return new Ipv4(maskBits(prefixLength));
    }

    private static int maskBits(int prefixLength) {
        return -1 << (32 - prefixLength);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
