package xenith.security.grid;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;

/**
 * Who a certificate chain was found to stand for.
 *
 * @param name the user's subject as grids write it, without what proxies add
 * @param subject the same name
 * @param limited whether any proxy of the chain is a limited one
 * @param expires the earliest end of validity in the chain
 * @param chain the whole path: the certificate whose key the peer holds, further proxies, the user's own, authorities,
 *     the trusted one last
 */
public record GridIdentity(
        GridName name, X500Principal subject, boolean limited, Instant expires, List<X509Certificate> chain) {
    public GridIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(expires, "expires");
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "GridIdentity[" + name + (limited ? ", limited" : "") + ", until " + expires + "]";
    }
}
