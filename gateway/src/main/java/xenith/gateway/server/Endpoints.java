package xenith.gateway.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where clients on this machine reach the gateway.
 *
 * @param url by plain HTTP
 * @param authority the certificate that TLS clients have to trust; empty when the site's own is for them to know
 */
record Endpoints(String url, Optional<String> tlsUrl, Optional<Path> authority) {
    /** @param ports those that are listened at: plain HTTP's, then that of TLS if it is on */
    static Endpoints of(Configuration configuration, List<Integer> ports, Path authority) {
        Configuration.Tls tls = configuration.tls();
        return new Endpoints(
                "http://" + Configuration.hostInUrl(configuration.address()) + ":" + ports.get(0),
                tls.isOn()
                        ? Optional.of("https://" + Configuration.hostInUrl(tls.address()) + ":" + ports.get(1))
                        : Optional.empty(),
                tls.isOn() && tls.certificate().isEmpty() ? Optional.of(authority) : Optional.empty());
    }

    @Override
    public String toString() {
        return tlsUrl.map(tls -> url + " and " + tls).orElse(url);
    }
}
