package xenith.drivers.images;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which machines an address that a user has named may lead to: none that only this one can see.
 *
 * @param allowed {@code host:port}s, as written in addresses, that lead wherever they do
 */
public record AddressPolicy(Set<String> allowed) {
    /** 0.0.0.0/8 and 240.0.0.0/4: no machine of others has them. */
    private static final int RESERVED_FROM = 240;

    public AddressPolicy {
        allowed = Set.copyOf(allowed);
    }

    /** Why the address may not be connected to; empty when it may. */
    Optional<String> refusal(String host, int port, InetAddress address) {
        if (allowed.contains(host + ":" + port)) {
            return Optional.empty();
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("a loopback address");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("a link-local address");
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || isReserved(address.getAddress())) {
            return Optional.of("no address of a single machine");
        }
        return isOwnNetwork(address) ? Optional.of("an address of the gateway's own network") : Optional.empty();
    }

    private static boolean isReserved(byte[] address) {
        if (address.length == 4) {
            int first = address[0] & 255;
            return first == 0 || first >= RESERVED_FROM;
        }
        // Of IPv6 only global unicast (2000::/3) and unique local (fc00::/7) are anybody's; 2002::/16 hides an IPv4
        // one.
        int first = address[0] & 255;
        boolean global = first >> 5 == 1 && !(first == 0x20 && address[1] == 0x02);
        return !global && (first & 0xfe) != 0xfc;
    }

    private static boolean isOwnNetwork(InetAddress address) {
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                List<InterfaceAddress> own = card.getInterfaceAddresses();
                if (own.stream().anyMatch(one -> sameNetwork(one, address))) {
                    return true;
                }
            }
            return false;
        } catch (SocketException e) {
            // Who cannot know its own networks must take every one for its own.
            return true;
        }
    }

    private static boolean sameNetwork(InterfaceAddress own, InetAddress address) {
        byte[] mine = own.getAddress().getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int bits = own.getNetworkPrefixLength();
        int whole = bits / 8;
        if (!Arrays.equals(mine, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 255) >> (8 - rest) == 0;
    }
}
