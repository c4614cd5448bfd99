package xenith.gateway.http;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where the server listens.
 *
 * @param address port 0 for any that is free
 * @param keys what it proves itself by, for TLS; empty for plain HTTP
 */
public record Listener(InetSocketAddress address, Optional<ServerKeys> keys) {
    public static Listener plain(InetSocketAddress address) {
        return new Listener(address, Optional.empty());
    }

    public static Listener tls(InetSocketAddress address, ServerKeys keys) {
        return new Listener(address, Optional.of(keys));
    }
}
